"""The precompiled bits/stdc++.h of the C++ compilers: taken where it cannot change what a program means, and nowhere
else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jupyter_oj_extension import plugins
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.image_specs import image_spec, sandbox_settings
from jupyter_oj_sandbox import pool
from jupyter_oj_sandbox.api import BoxFile, RunLimits, RunResult
from jupyter_oj_sandbox.pool import PodmanSandbox

pytestmark = pytest.mark.podman

LIMITS = RunLimits(cpu_s=30, wall_s=120, memory_mib=1024, scratch_mib=256)
MAIN = "int main() { std::vector<int> v{1}; return std::accumulate(v.begin(), v.end(), -1); }\n"
BITS = "#include <bits/stdc++.h>\n"


@pytest.fixture(scope="module")
def slot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PodmanSandbox]:
    settings = sandbox_settings(Settings(state_dir=tmp_path_factory.mktemp("slot")))
    with pool.open_sandbox(slot="precompiled", core=None, settings=settings) as sandbox:
        yield sandbox


def build(slot: PodmanSandbox, id: str, texts: dict[str, str], *more: str) -> RunResult:
    """What the language's own command does with these files, and with `more` options."""
    language = plugins.languages()[id]
    assert language.compile_argv is not None and language.compile_image is not None
    sources = [f"/box/{name}" for name in texts if name.endswith(".cpp")]
    argv = [part.replace("{artefact}", "/scratch/solution") for part in language.compile_argv]
    with slot.box(image_spec(language.compile_image), memory_mib=1024) as box:
        box.load(tuple(BoxFile(name, text.encode()) for name, text in texts.items()))
        return box.run((*argv[:-1], *more, *sources), limits=LIMITS, env=language.env, collect=("solution",))


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (BITS + MAIN, True),
        ("// mine\n\n#pragma GCC optimize(\"O3\")\n#include <cstdio>\n  #include<bits/stdc++.h> // all\n" + MAIN, True),
        (BITS + BITS + MAIN, True),
        ("#include <vector>\n#include <numeric>\n" + MAIN, False),
        ("#define _GLIBCXX_DEBUG\n" + BITS + MAIN, False),
        ('#include "mine.h"\n' + BITS + MAIN, False),
        ("// going on \\\n" + BITS + "int main() {}\n", False),
        ("/*\n" + BITS + "*/\nint main() {}\n", False),
        ("int main() {}\n", False),
    ],
)  # fmt: skip
def test_clang_takes_it_where_a_program_begins_with_it(slot: PodmanSandbox, text: str, taken: bool) -> None:
    files = {"solution.cpp": text, "mine.h": "#define vector list\n#define _GLIBCXX_DEBUG\n"}
    asked = build(slot, "cppclang", files, "-###")  # says what it would do, and does nothing
    assert (b"-include-pch" in asked.stderr) is taken, asked.stderr
    if taken:
        built = build(slot, "cppclang", files)
        assert (built.exit_code, built.stderr) == (0, b"") and built.collected["solution"]


def test_clang_takes_it_only_for_all_of_several_files(slot: PodmanSandbox) -> None:
    other = "int other() { return 0; }\n"
    together = build(slot, "cppclang", {"a.cpp": BITS + MAIN, "b.cpp": other}, "-###")
    assert b"-include-pch" not in together.stderr
    together = build(slot, "cppclang", {"a.cpp": BITS + MAIN, "b.cpp": BITS + other}, "-###")
    assert together.stderr.count(b"-include-pch") == 2


def test_it_spares_most_of_what_a_compiler_reads(slot: PodmanSandbox) -> None:
    """A program that begins with it costs less than three quarters of one with a declaration before it."""
    for id in ("cpp", "cppclang"):
        spent_s = {}
        for first in ("", "int mine;\n"):
            runs = [build(slot, id, {"solution.cpp": first + BITS + "int main() {}\n"}) for _ in range(2)]
            assert {run.exit_code for run in runs} == {0}
            spent_s[first] = min(run.cpu_s for run in runs)
        assert spent_s[""] < 0.75 * spent_s["int mine;\n"], (id, spent_s)


def test_what_clang_says_of_an_error_is_the_same(slot: PodmanSandbox) -> None:
    wrong = (
        BITS + "int main() {\n  std::set<std::vector<int>> s; std::sort(s.begin(), s.end());\n  return missing;\n}\n"
    )
    said = [build(slot, "cppclang", {"solution.cpp": before + wrong}).stderr for before in ("", "/* */")]
    assert b"solution.cpp:4:10: error: use of undeclared identifier 'missing'" in said[0]
    assert [line for line in said[0].splitlines() if b"error:" in line] == [
        line for line in said[1].splitlines() if b"error:" in line
    ]
