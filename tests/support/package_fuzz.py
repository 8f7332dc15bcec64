"""Packages that nobody in their right mind would write, made at random from a seed: reading them ends well or in
`PackageError`, soon, and never outside the package's folder.

`test_fuzz.py` runs a few; for a campaign: ``python tests/support/package_fuzz.py SECONDS [FIRST_SEED]``.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_extension.services.problems import document

LONGEST_S = 20.0
"""One case may take that long on a busy machine; quiet, they take milliseconds."""

BASE: dict[str, str] = {
    "problem.yaml": "problem_format_version: 2025-09\nname: P\nuuid: x\ntype: scoring\n",
    "statement/problem.en.md": "Do {{it}}.\n",
    "data/sample/1.in": "1\n",
    "data/sample/1.ans": "2\n",
    "data/secret/a/1.in": "1\n",
    "data/secret/a/1.ans": "2\n",
    "data/secret/a/test_group.yaml": "max_score: 40\n",
    "data/secret/b/1.in": "1\n",
    "data/secret/b/1.ans": "2\n",
    "data/secret/b/1.yaml": "args: [x]\n",
    "data/secret/b/test_group.yaml": "{max_score: 60, require_pass: secret/a}\n",
    "submissions/accepted/a.py": "# @EXPECTED_RESULTS@: CORRECT\n",
    "submissions/mixed/b/main.py": "# @EXPECTED_SCORE@: 40\n",
    "submissions/submissions.yaml": "mixed/*: {permitted: [AC, WA], required: [WA], score: [0, 50]}\n",
    "output_validator/validate.py": "exit(42)\n",
    "include/python3/given.py": "N = {{n}}\n",
    "jupyter_oj.yaml": "difficulty: easy\n",
    "domjudge-problem.ini": "timelimit = 2\ncolor = '#ff0000'\n",
    ".timelimit": "1\n",
}

KEYS = """
problem_format_version type name uuid version credits source license limits keywords languages constants validation
validator_flags grading time_limit memory output code compilation_time time_multipliers ac_to_time_limit
time_resolution validation_passes max_score score_aggregation require_pass args output_validator_args full_feedback
static_validation_score on_reject grader_flags accept_score reject_score range output_validator_flags permitted
required score message use_for_time_limit language entrypoint difficulty tags hints points validator kind flags
starters processes expected presentation_errors function hint description objective accepted mixed/b sample secret/a
allow_file_writing
""".split()

WORDS = """
2025-09 legacy 2023-07-draft scoring pass-fail interactive multi-pass submit-answer unbounded sum min max avg break
continue first_error worst_error always_accept accept_if_any_accepted ignore_sample custom default AC WA TLE RTE true
false null lower upper easy python3 all secret/a sample 0 1 -1 1e400 .nan .inf 0x10 1_0 0b1 1:30 2020-01-01 ~
""".split()

NAMES = [
    *"x 1.in 1.ans 1.yaml test_group.yaml testdata.yaml 1.files -x .x %s {0} main.py deep con".split(),
    *["x y", "\u00e9", "x\n", "a" * 250, "problem.en.tex", "1.in.statement", "1.interaction"],
]

NASTY = [
    "", "{", "a: [", "\x00", "\ufeffa: 1\n", "a: &a [*a]\n", "- 1\n", "a: !!python/name:os.system\n",
    "a: !!bool x\n", "a: !!int ''\n", "<<: 1\n", "? {}\n: 1\n", "a: 1\na: 2\n", "%YAML 3.0\n---\n",
    "a: " + "[" * 3000, "a: 1:" * 999, "a: '\\ud800'", 'a: "\\ud800"\n',
    "x: &x {a: 1}\n" + "".join(f"x{n}: &x{n} {{<<: [*x, *x]}}\n" for n in range(9)),
    "a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
    "d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\nname: [*d,*d,*d,*d,*d,*d,*d,*d]\n",
]  # fmt: skip

ENTRIES = [
    *["p/problem.yaml", "problem.yaml", "../up", "/abs", "p/a/b", "p/a", "p/", "c:\\x", "a" * 300, "p//x", "p/./x"],
    *["p/../../x", "\u00e9", "p/data/secret/1.in", ".", ""],
]


def value(rng: random.Random, depth: int = 0) -> Any:
    """A value as it may stand in YAML, seldom of the type that is wanted."""
    kind = rng.randrange(12 if depth < 4 else 8)
    if kind < 4:
        return rng.choice(WORDS)
    if kind < 6:
        return rng.choice([0, 1, -1, 2, 100, 10**18, 10**400, 0.5, -0.0, float("nan"), float("inf"), True, None, ""])
    if kind < 8:
        return "".join(
            chr(rng.choice([32, 47, 58, 65, 97, 233, 8232, 0x1F600, 123, 92, 39])) for _ in range(rng.randrange(20))
        )
    if kind < 10:
        return [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {rng.choice(KEYS): value(rng, depth + 1) for _ in range(rng.randrange(5))}


def _yaml(rng: random.Random) -> bytes:
    if rng.random() < 0.2:
        return rng.choice(NASTY).encode("utf-8", "surrogatepass")
    data = {rng.choice(KEYS): value(rng) for _ in range(rng.randrange(1, 8))}
    if rng.random() < 0.6:
        data["problem_format_version"] = rng.choice(["2025-09", "legacy", "2023-07-draft"])
    data = {key: one for key, one in data.items() if rng.random() < 0.9}
    return yaml.safe_dump(data, allow_unicode=rng.random() < 0.5).encode()


def _bytes(rng: random.Random) -> bytes:
    return rng.choice(
        [rng.randbytes(rng.randrange(200)), b"\xff\xfe", b"\x80", b"\r\n" * 5, b"1 2 3\n", b"# @EXPECTED_SCORE@: x"]
    )


def _place(rng: random.Random, root: Path) -> Path:
    """A path in the package, there already or not."""
    there = [path for path in root.rglob("*") if not path.is_symlink()]
    folders = [root, *(path for path in there if path.is_dir())]
    return rng.choice(there) if there and rng.random() < 0.5 else rng.choice(folders) / rng.choice(NAMES)


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):
        path.unlink()


def settings(rng: random.Random, root: Path) -> None:
    known = [path for path in root.rglob("*.yaml") if path.is_file() and not path.is_symlink()]
    path = rng.choice(
        [*known, root / "problem.yaml", root / "data" / "testdata.yaml", root / "data/secret/a/testdata.yaml"]
    )
    if path.parent.is_dir() and path.parent.resolve().is_relative_to(root.resolve()):
        _clear(path)
        path.write_bytes(_yaml(rng))


def content(rng: random.Random, root: Path) -> None:
    path = _place(rng, root)
    _clear(path)
    path.write_bytes(_bytes(rng) if rng.random() < 0.7 else _yaml(rng))


def link(rng: random.Random, root: Path) -> None:
    path = _place(rng, root)
    target = rng.choice(["/etc/passwd", "/", "..", ".", "../..", "/dev/zero", "/proc/self/fd/0", path.name, "nowhere",
                         "../sample", "1.in", str(root), str(root / "data"), "/dev/stdin", "a" * 300])  # fmt: skip
    _clear(path)
    path.symlink_to(target)


def special(rng: random.Random, root: Path) -> None:
    path = _place(rng, root)
    _clear(path)
    if rng.random() < 0.7:
        os.mkfifo(path)
    else:
        path.mkdir()


def large(rng: random.Random, root: Path) -> None:
    path = _place(rng, root)
    if path.is_dir():
        return
    _clear(path)
    with path.open("wb") as file:
        file.truncate(rng.choice([1 << 20, 1 << 22, 20 << 30]))


def deep(rng: random.Random, root: Path) -> None:
    folder = rng.choice([root / "data" / "secret", root / "submissions", root / "include"])
    if not folder.resolve().is_relative_to(root.resolve()):
        return  # through a link that was made before
    for _ in range(rng.randrange(1, 30)):
        folder = folder / rng.choice(["d", "deep", "1.files"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1.in").write_text("1\n")
    (folder / "1.ans").write_text("1\n")


def loss(rng: random.Random, root: Path) -> None:
    _clear(_place(rng, root))


CHANGES: list[Callable[[random.Random, Path], None]] = (
    [settings] * 6 + [content] * 3 + [link] * 3 + [special, large, deep, loss]
)


def make(rng: random.Random, root: Path) -> None:
    """A package in `root`, with a few things done to it."""
    for name, text in BASE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    for _ in range(rng.randrange(1, 5)):
        try:
            rng.choice(CHANGES)(rng, root)
        except OSError:
            pass  # what cannot be made on this file system cannot be read either


def archive(rng: random.Random, target: Path) -> None:
    """A ZIP archive of entries with names and kinds that an honest one has not, and then perhaps some bytes flipped."""
    warnings.simplefilter("ignore", UserWarning)  # two entries of one name
    with zipfile.ZipFile(target, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])) as out:
        if rng.random() < 0.4:
            for name, text in BASE.items():
                out.writestr(f"pkg/{name}", text)
        for _ in range(rng.randrange(8) if rng.random() < 0.6 else 0):
            entry = zipfile.ZipInfo(rng.choice(ENTRIES))
            entry.compress_type = out.compression
            entry.external_attr = rng.choice([0, 0o100644, 0o120777, 0o010644, 0o020644, 0o040755]) << 16
            out.writestr(
                entry, rng.choice([b"x: 1\n", b"\0" * 3_000_000, rng.randbytes(50), b"", b"..", b"/etc", b"a"])
            )
    if rng.random() < 0.7:
        data = bytearray(target.read_bytes())
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(data))
            data[at] = rng.randrange(256)
        target.write_bytes(data[: rng.randrange(len(data)) if rng.random() < 0.1 else len(data)])


def read_all(folder: Path) -> Problem:
    """All that importing reads of a package. Raises `PackageError`; anything else is a finding."""
    problem = packages.read(folder)
    real = folder.resolve()
    paths = [path for case in problem.cases for path in (case.input, case.answer, *(file for _, file in case.files))]
    paths += [problem.validator.program] if problem.validator.program else []
    for path in paths:
        assert path.resolve().is_relative_to(real), f"{path} is not in the package"
    for name in packages.content_files(folder):
        assert (folder / name).resolve().is_relative_to(real), f"{name} is not in the package"
    shown = json.dumps(document(problem), ensure_ascii=False)
    shown.encode()
    assert "\\u0000" not in shown
    return problem


def one(seed: int) -> str:
    """Run a case; answers what came of it: ``read``, ``refused``. Raises whatever should not have happened."""
    rng = random.Random(seed)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="oj-fuzz-") as scratch:
        folder = Path(scratch) / "pkg"
        folder.mkdir()
        ended = "read"
        try:
            if seed % 4 == 0:
                packed = Path(scratch) / "p.zip"
                archive(rng, packed)
                read_all(packages.extract(packed, folder))
            else:
                make(rng, folder)
                read_all(folder)
        except PackageError as error:
            ended = "refused"
            str(error).encode()
            assert "\n" not in str(error), f"a message of several lines: {error}"
            assert len(str(error)) < 2000, f"a message of {len(str(error))} characters"
        try:
            if seed % 4:
                for jury in packages.jury_submissions(folder):
                    assert jury.path.resolve().is_relative_to(folder.resolve()), f"{jury.path} is not in the package"
        except PackageError as error:
            str(error).encode()
        outside = {path.name for path in Path(scratch).iterdir()} - {"pkg", "p.zip"}
        assert not outside, f"left outside: {outside}"
    took = time.monotonic() - begun
    assert took < LONGEST_S, f"took {took:.1f} s"
    return ended


def main(seconds: float, first: int = 1) -> int:
    ends: dict[str, int] = {}
    slowest = 0.0
    failures = 0
    until = time.monotonic() + seconds
    seed = first
    while time.monotonic() < until:
        begun = time.monotonic()
        try:
            ended = one(seed)
        except Exception as error:
            failures += 1
            ended = "failed"
            print(f"seed {seed}: {type(error).__name__}: {str(error)[:300]}", flush=True)
        ends[ended] = ends.get(ended, 0) + 1
        slowest = max(slowest, time.monotonic() - begun)
        seed += 1
    print(f"{seed - first} cases in {seconds:.0f} s: {ends}; the slowest took {slowest:.2f} s", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
