"""Every language on the real sandbox: what it says of itself in its self-tests is what it gets; several files, Unicode;
and one that is not built in, from its file to a verdict while the grader serves."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from grader_process import GraderProcess, all_done, until

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.problem import Limits, OutputValidator
from jupyter_oj_extension.packages import read as read_package
from jupyter_oj_extension.services import health, problems, submissions
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import compiling, self_tests
from jupyter_oj_graders.checking import check
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.execute import execute, run_limits
from jupyter_oj_graders.image_specs import image_spec, image_specs, sandbox_settings
from jupyter_oj_sandbox import images, pool
from jupyter_oj_sandbox.pool import PodmanSandbox

pytestmark = [pytest.mark.podman, pytest.mark.long]

BUILT_IN = plugins.languages(Settings(state_dir=Path("/nowhere")))
LUA = Path(__file__).with_name("lua.toml")


@pytest.fixture(scope="module")
def slot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PodmanSandbox]:
    """One slot that keeps few containers, as there are many languages."""
    settings = replace(sandbox_settings(Settings(state_dir=tmp_path_factory.mktemp("slot"))), max_warm=3)
    with pool.open_sandbox(slot="languages", core=None, settings=settings) as sandbox:
        yield sandbox


@pytest.mark.parametrize("language", BUILT_IN.values(), ids=BUILT_IN.keys())
def test_a_language_does_what_it_says(slot: PodmanSandbox, language: plugins.Language) -> None:
    assert self_tests.version(slot, language)[0].isdigit()
    results = self_tests.run(slot, language)
    assert [(each.name, each.got, each.detail) for each in results if not each.ok] == []


MANY: dict[str, dict[str, str]] = {
    "python3": {"main.py": "import help\nprint(help.WORD)", "a.py": "x = 1", "help.py": "WORD = 'två'"},
    "cpp": {
        "a.cpp": '#include "a.h"\nconst char *word() { return "två"; }',
        "z.cc": '#include <cstdio>\n#include "a.h"\nint main() { puts(word()); }',
        "a.h": "const char *word();",
    },
    "java": {
        "A.java": 'class A { static String word() { return "två"; } }',
        "Z.java": "public class Z { public static void main(String[] a) { System.out.println(A.word()); } }",
    },
    "kotlin": {"a.kt": 'fun word() = "två"', "z.kt": "fun main() { println(word()) }"},
    "typescript": {
        "help.ts": "export const word: string = 'två';",
        "main.ts": "import { word } from './help';\nconsole.log(word);",
    },
    "go": {
        "a.go": 'package main\nfunc word() string { return "två" }',
        "z.go": 'package main\nimport "fmt"\nfunc main() { fmt.Println(word()) }',
    },
    "rust": {
        "help.rs": 'pub fn word() -> &\'static str { "två" }',
        "main.rs": 'mod help;\nfn main() { println!("{}", help::word()); }',
    },
    "csharp": {
        "A.cs": 'static class A { public static string Word() { return "två"; } }',
        "Z.cs": "class Z { static void Main() { System.Console.WriteLine(A.Word()); } }",
    },
}


@pytest.mark.parametrize("name", MANY)
def test_a_program_of_several_files(slot: PodmanSandbox, name: str, tmp_path: Path) -> None:
    language = BUILT_IN[name]
    sources = tuple(SourceFile(file, text.encode()) for file, text in MANY[name].items())
    limits = Limits(cpu_s=10)
    program = compiling.build(slot, ExecutableCache(tmp_path), language, sources, limits)
    assert not isinstance(program, compiling.CompileError), program.output
    with slot.box(image_spec(language.run_image), memory_mib=512) as box:
        box.load(program.files)
        result = execute(box, program, b"", run_limits(limits, language))
    assert (result.stdout.decode().strip(), result.stderr) == ("två", b"")


def test_a_querys_rows_have_no_order_unless_the_problem_says_so(
    slot: PodmanSandbox, package: Callable[..., Path], tmp_path: Path
) -> None:
    tables = "CREATE TABLE t (id INTEGER, word TEXT);\nINSERT INTO t VALUES (1, 'b c'), (2, NULL), (3, 'a');\n"
    folder = package("rows", samples={}, secret={"1": (tables, "3\ta\n1\tb c\n2\tNULL\n")})
    yaml = folder / "problem.yaml"
    yaml.write_text(yaml.read_text() + "languages: [sql]\n")
    free = read_package(folder).validator
    (folder / "jupyter_oj.yaml").write_text("validator: lines\n")
    (test,) = read_package(folder).cases
    sql = BUILT_IN["sql"]

    def right(query: str, validator: OutputValidator) -> bool:
        cache = ExecutableCache(tmp_path / "cache")
        program = compiling.build(slot, cache, sql, (SourceFile("source", query.encode()),), Limits())
        assert not isinstance(program, compiling.CompileError), program.output
        with slot.box(image_spec(sql.run_image), memory_mib=256) as box:
            box.load(program.files)
            result = execute(box, program, tables.encode(), run_limits(Limits(), sql))
        return check(validator, test, test.answer.read_bytes(), result.stdout).ok

    in_order = "SELECT * FROM t ORDER BY word IS NULL, word;"
    assert right("SELECT * FROM t;", free) and right(in_order, free)
    assert not right("SELECT * FROM t WHERE word IS NOT NULL;", free)
    told = read_package(folder).validator
    assert right(in_order, told) and not right("SELECT * FROM t;", told)


def test_a_slot_keeps_few_containers(slot: PodmanSandbox) -> None:
    engine = pool.open_engine(sandbox_settings(Settings.load()))

    def kept() -> int:
        with engine.client() as client:
            return sum(box.name.startswith("oj-languages-") for box in client.containers.list())

    until(lambda: kept() <= 3, timeout_s=30)


def test_a_language_is_added_by_a_file_and_served_when_its_image_is_ready(
    service: Context, package: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "languages"
    folder.mkdir()
    shutil.copy(LUA, folder)
    lua = plugins.read_language(LUA)
    given = sandbox_settings(service.settings)
    engine = pool.open_engine(given)
    for spec in image_specs(lua):
        images.remove(spec, engine, given)
    slug = problems.import_package(service, package("double", samples={}, secret={"1": ("21\n", "42\n")})).slug
    environment = {"OJ_LANGUAGES_DIR": str(folder)}
    with GraderProcess(service, options=("--languages", "python3,lua"), environment=environment) as grader:
        assert "lua" not in health.ready_languages(service), grader.tell()
        ada, source = Identity("ada", "Ada"), 'print(2 * io.read("n"))\n'
        door = replace(service, settings=replace(service.settings, languages_dir=str(folder)))
        view = submissions.submit(door, ada, problem=slug, language="lua", source=source)
        (view,) = all_done(service, ada, [view["id"]], grader.tell)
        assert view["verdict"] == "AC", grader.tell()
        assert health.ready_languages(service)["lua"].startswith("5.4")
        assert "building the image of Lua (2 of 2)" in grader.tell()
    with pool.open_sandbox(slot="lua", core=None, settings=given) as sandbox:
        assert [each.name for each in self_tests.run(sandbox, lua) if not each.ok] == []
