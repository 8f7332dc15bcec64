"""Runs the canonical solutions of a HumanEval-X collection in the real sandbox, and says what became of them.

    python tests/support/humaneval.py FOLDER [--language go …] [--task 12 …] [--verbose]

FOLDER holds ``humanevalx_<language>*.jsonl``. Two ways for each task:

- plain: declaration, solution and test program as one program, which must end with exit code 0;
- function: where the language's own declaration is a signature of ours, the solution alone as a submission to a
  function problem whose tests are the calls that the collection's Python test program makes, with what the Python
  solution returns.

What has to be changed in the collection's programs, since they were written for test frameworks and with libraries that
no judge installs, is done by `programs` and nowhere else.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from by_hand import TASK, driven

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.judgement import JudgementOutcome, SubmissionKind
from jupyter_oj_extension.domain.problem import Limits, OutputValidator, Problem, TestCase
from jupyter_oj_extension.domain.signature import Comparison, Function, Parameter, Signature, parse_type
from jupyter_oj_extension.domain.values import ValueMismatch, typed
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import slots
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.judge import Judge
from jupyter_oj_graders.problem_cache import ProblemCache

LANGUAGES = {"python": "python3", "cpp": "cpp", "go": "go", "java": "java", "js": "javascript", "rust": "rust"}
Task = dict[str, str]

_WORDS = {
    "cpp": {"int": "int", "bool": "bool", "double": "float", "string": "string", "long long": "long"},
    "go": {"int": "int", "bool": "bool", "float64": "float", "string": "string", "int64": "long"},
    "java": {"int": "int", "boolean": "bool", "double": "float", "String": "string", "long": "long"}
    | {"Integer": "int", "Boolean": "bool", "Double": "float", "Long": "long"},
    "rust": {"i32": "int", "bool": "bool", "f64": "float", "String": "string", "i64": "long"},
}
_LISTS = {"cpp": r"vector<(.*)>", "go": r"\[\](.*)", "java": r"List<(.*)>", "rust": r"Vec<(.*)>"}
_HEADS = {
    "cpp": r"(?P<result>[\w<> ]+?)\s+(?P<name>\w+)\s*\((?P<parameters>[^)]*)\)\s*\{\s*\Z",
    "go": r"func\s+(?P<name>\w+)\s*\((?P<parameters>[^)]*)\)\s*(?P<result>[^{]*?)\s*\{\s*\Z",
    "java": r"public\s+(?P<result>[\w<>, ]+?)\s+(?P<name>\w+)\s*\((?P<parameters>[^)]*)\)[^{]*\{\s*\Z",
    "rust": r"fn\s+(?P<name>\w+)\s*\((?P<parameters>[^)]*)\)\s*->\s*(?P<result>[^{]*?)\s*\{\s*\Z",
    "js": r"const\s+(?P<name>\w+)\s*=\s*\(",
    "python": r"def\s+(?P<name>\w+)\s*\([^)]*\)[^:]*:\s*\Z",
}
_GO_PACKAGES = "bytes crypto/md5 fmt math math/rand reflect sort strconv strings time unicode".split()
_GO_SHIM = """
type T struct{}
type shim struct{}
func (shim) New(t *T) shim { return shim{} }
func (shim) Equal(expected, actual any, _ ...any) {
    if !reflect.DeepEqual(expected, actual) { panic(fmt.Sprint("expected ", expected, ", got ", actual)) }
}
func (s shim) True(value bool, _ ...any) { s.Equal(true, value) }
func (s shim) False(value bool, _ ...any) { s.Equal(false, value) }
func (s shim) Nil(value any, _ ...any) { s.Equal(nil, value) }
"""


def plain_program(language: str, task: Task) -> str:
    """The whole test program. C++, Java, Python: as it is. Go: testing and testify replaced by a few lines. JavaScript:
    a failed console.assert ends the program. Rust: the test module is called by a main function; lines that import
    crates that the solution does not use are left out."""
    solution = solution_of(language, task)
    match language:
        case "js":
            return f'console.assert = require("assert");\n{solution}\n{task["test"]}'
        case "go":
            body = solution + re.sub(r"\*testing\.T\b", "*T", task["test"]) + _GO_SHIM + "var assert shim\n"
            calls = "".join(f"    {name}(&T{{}})\n" for name in re.findall(r"func (Test\w+)\(t ", task["test"]))
            return f"package main\n{_go_imports(body)}{body}\nfunc main() {{\n{calls}}}\n"
        case "rust":
            test = re.sub(r"#\[cfg\(test\)\]|#\[test\]|/\*.*?\*/", "", task["test"], flags=re.DOTALL)
            calls = re.findall(r"\bfn\s+(\w+)\s*\(\s*\)", test)
            test = re.sub(r"\bfn(\s+\w+\s*\(\s*\))", r"pub fn\1", test)
            module = next(reversed(re.findall(r"\bmod\s+(\w+)", test)), "")  # one test is commented out
            return f"{solution}\n{test}\nfn main() {{ {''.join(f'{module}::{name}(); ' for name in calls)} }}\n"
    return f"{solution}\n{task['test']}"


def solution_of(language: str, task: Task) -> str:
    """Declaration and body. Python's and Go's helpers stand in the prompt only."""
    head = task["prompt"] if language in ("python", "go") else task["declaration"]
    if language == "cpp" and head.count("{") != head.count("}") + 1:  # a piece of another text has got into it
        head = "".join(re.findall(r"#include.*\n", head)) + task["prompt"]
    if language == "go":
        head = re.sub(r"\A\s*import \([^)]*\)", "", head)
    if language == "rust":
        for crate, word in (("rand::Rng", "rand::"), ("regex::Regex", "Regex"), ("md5", "md5::")):
            if not re.search(rf"\b{word}", task["canonical_solution"]):
                head = head.replace(f"use {crate};\n", "")
    return head + task["canonical_solution"]


def submission(language: str, task: Task) -> str:
    """The solution as a learner hands it in. In C++ and Rust single precision is made double, which is our float."""
    source = solution_of(language, task)
    if language == "go":
        return f"package main\n{_go_imports(source)}{source}"
    if language in ("cpp", "rust"):
        return _double(source)
    return source


def _go_imports(source: str) -> str:
    """Of what is used: an import that is not used is an error."""
    used = [name for name in _GO_PACKAGES if re.search(rf"\b{name.rpartition('/')[2]}\.[A-Z]", source)]
    return "".join(f'import "{name}"\n' for name in used)


def _double(source: str) -> str:
    return re.sub(r"\bf32\b", "f64", re.sub(r"\bfloat\b", "double", source))


def own_signature(language: str, task: Task, java: Signature | None) -> Signature | None:
    """The signature that the declaration states, or None. JavaScript and Python take the types from Java's."""
    found = next(reversed([*re.finditer(_HEADS[language], _double(task["declaration"]))]), None)
    if found is None:
        return None
    if language in ("js", "python"):
        return None if java is None else replace(java, name=found["name"])
    given = [part.strip() for part in re.split(r",(?![^<]*>)", found["parameters"]) if part.strip()]
    types: list[str] = []
    for part in reversed(given):  # Go writes `a, b int`
        match language:
            case "go":
                types.append(part.split(maxsplit=1)[1] if " " in part else types[-1])
            case "rust":
                types.append(part.partition(":")[2])
            case _:
                types.append(part.rpartition(" ")[0])
    words = [_type(language, text) for text in reversed(types)]
    result = _type(language, found["result"])
    if result is None or None in words:
        return None
    parameters = tuple(Parameter(f"p{index}", parse_type(str(word))) for index, word in enumerate(words))
    return Signature(found["name"], parameters, parse_type(result))


def _type(language: str, text: str) -> str | None:
    text = text.strip().removesuffix("&").strip()
    if held := re.fullmatch(_LISTS[language], text):
        item = _type(language, held[1])
        return f"list[{item}]" if item else None
    return _WORDS[language].get(text)


class Bench:
    """One slot, one judge, problems made as they are needed."""

    def __init__(self, sandbox: Any, languages: Any, folder: Path) -> None:
        self._problem = Problem("p", "P", "v", "", Limits(cpu_s=20, memory_mib=512), OutputValidator(), ())
        self._folder = folder
        self._version = 0
        self._judge = Judge(
            sandbox=sandbox,
            languages=languages,
            problems=ProblemCache(lambda slug, version: self._problem),
            executables=ExecutableCache(folder / "cache"),
        )

    def run(self, language: str, source: str) -> JudgementOutcome:
        """With nothing to read and nothing to compare."""
        self._problem = replace(self._problem, type="pass-fail", function=None, cases=())
        return self._judged(language, source, kind=SubmissionKind.RUN, own_input="")

    def call(self, language: str, source: str, of: Signature, tests: list[tuple[Any, Any]]) -> JudgementOutcome:
        cases = []
        for index, (given, answer) in enumerate(tests):
            stem = self._folder / f"{self._version}-{index}"
            stem.with_suffix(".in").write_text(json.dumps(given))
            stem.with_suffix(".ans").write_text(json.dumps(answer))
            cases.append(TestCase(f"secret/{index}", "secret", stem.with_suffix(".in"), stem.with_suffix(".ans")))
        function = Function(of, Comparison(tolerance=1e-4))
        self._problem = replace(self._problem, type="function pass-fail", function=function, cases=tuple(cases))
        return self._judged(language, source, kind=SubmissionKind.SUBMIT, own_input=None)

    def _judged(self, language: str, source: str, **values: Any) -> JudgementOutcome:
        self._version += 1
        task = replace(TASK, problem_version=str(self._version), language=LANGUAGES[language], source=source, **values)
        return driven(self._judge.judge(task))


def recorded(bench: Bench, task: Task) -> list[tuple[Any, Any]]:
    """The calls of the Python test program, with their arguments and results as JSON values; run in the sandbox."""
    record = (
        "import copy, json\ndef _recorded(f):\n    def call(*a):\n"
        "        given = copy.deepcopy(a)\n        result = f(*a)\n"
        "        print(json.dumps([given, result]))\n        return result\n    return call\n"
    )
    test = re.sub(r"^check\((\w+)\)", r"check(_recorded(\1))", task["test"], flags=re.MULTILINE)
    outcome = bench.run("python", f"{solution_of('python', task)}\n{record}\n{test}")
    lines = (outcome.runs[0].output or "").splitlines() if outcome.runs else []
    return [(pair[0], pair[1]) for line in lines if line.startswith("[") for pair in [_json(line)] if pair]


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None  # the last line of what was cut


def fitting(of: Signature, tests: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Those whose values are of the signature's types."""
    fit = []
    for given, answer in tests:
        try:
            if len(given) == len(of.parameters):
                for parameter, value in zip(of.parameters, given, strict=True):
                    typed(parameter.type, value)
                typed(of.result, answer)
                fit.append((given, answer))
        except ValueMismatch:
            continue
    return fit


def main() -> None:
    options = _options()
    languages = plugins.languages()
    names = [name for name in LANGUAGES if not options.language or name in options.language]
    tasks = {name: _tasks(options.folder, name) for name in {*names, "python", "java"}}
    with tempfile.TemporaryDirectory(prefix="oj-humaneval-") as state:
        core = slots.cores(1)[0]
        needed = {LANGUAGES[name]: languages[LANGUAGES[name]] for name in {*names, "python"}}
        with closing(
            slots.open_warm(Settings(state_dir=Path(state)), slot="humaneval", core=core, languages=needed)
        ) as sandbox:
            bench = Bench(sandbox, languages, Path(state))
            for name in names:
                report(bench, name, tasks, options)


def report(bench: Bench, name: str, tasks: dict[str, dict[int, Task]], options: argparse.Namespace) -> None:
    plain: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    for number, task in sorted(tasks[name].items()):
        if options.task and number not in options.task:
            continue
        outcome = bench.run(name, plain_program(name, task))
        plain[outcome.verdict] += 1
        tell(options, f"{name}/{number} plain", outcome)
        java = own_signature("java", tasks["java"][number], None)
        of = own_signature(name, task, java)
        tests = [] if of is None else fitting(of, recorded(bench, tasks["python"][number]))
        if of is None or not tests:
            calls["no signature"] += 1
            continue
        outcome = bench.call(name, submission(name, task), of, tests)
        calls[outcome.verdict] += 1
        tell(options, f"{name}/{number} function", outcome)
    print(f"{name}: plain {dict(plain)}; function {dict(calls)}", flush=True)


def tell(options: argparse.Namespace, what: str, outcome: JudgementOutcome) -> None:
    if outcome.verdict == "AC":
        return
    last = outcome.runs[-1] if outcome.runs else None
    why = outcome.compiler_output or (last and (last.error or last.case)) or ""
    print(f"  {what}: {outcome.verdict} {why if options.verbose else why.strip().splitlines()[-6:]}", flush=True)


def _tasks(folder: Path, name: str) -> dict[int, Task]:
    paths = sorted(folder.glob(f"humanevalx_{name}*.jsonl"))
    if not paths:
        sys.exit(f"there is no humanevalx_{name}*.jsonl in {folder}")
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]
    return {int(row["task_id"].partition("/")[2]): row for row in rows}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", nargs="*", choices=LANGUAGES, default=[])
    parser.add_argument("--task", nargs="*", type=int, default=[])
    parser.add_argument("--verbose", action="store_true", help="all that the compiler or program said")
    return parser.parse_args()


if __name__ == "__main__":
    main()
