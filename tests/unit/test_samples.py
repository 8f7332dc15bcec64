"""The sample problems: complete packages, tests that their generators make again, notebooks that are up to date."""

from __future__ import annotations

import html
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml

from jupyter_oj_extension.domain.identity import ALL_ROLES, Identity
from jupyter_oj_extension.packages import jury_submissions, read
from jupyter_oj_extension.packages.shown import shown_samples
from jupyter_oj_extension.services import contests, samples
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store import migrate

SAMPLES = Path(__file__).resolve().parents[2] / "contest_notebooks"
PACKAGES = sorted(path.parent for path in SAMPLES.glob("*/*/problem.yaml"))
CONTESTS = sorted(path.parent for path in SAMPLES.glob("*/contest.yaml"))
TOUR = SAMPLES / "judge-tour"
VERDICTS = {"AC", "WA", "TLE", "MLE", "RTE", "CE"}

each_package = pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)


plain_packages = [package for package in PACKAGES if package.parent != TOUR]
each_plain_package = pytest.mark.parametrize("package", plain_packages, ids=lambda path: path.name)
"""Problems where a program reads its input and prints the answer, in every language."""


def load(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def run_python(program: Path, given: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", str(program), *arguments]
    return subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)


def same(output: str, answer: str, kind: str, tolerance: float | None) -> bool:
    if kind == "unordered-lines":
        return sorted(output.splitlines()) == sorted(answer.splitlines())
    if tolerance is not None:
        return math.isclose(float(output), float(answer), rel_tol=tolerance, abs_tol=tolerance)
    return output.split() == answer.split()


def tolerance_of(package: Path, group: str) -> float | None:
    path = package / "data" / group / "test_group.yaml"
    if not path.is_file():
        return None
    arguments = load(path).get("output_validator_args")
    if arguments is None:
        return None
    return float(arguments[arguments.index("float_tolerance") + 1])


def test_there_are_enough_problems_of_every_kind() -> None:
    problems = [read(package) for package in PACKAGES]
    assert len(problems) >= 12
    assert len({problem.slug for problem in problems}) == len(problems)
    assert {problem.difficulty for problem in problems} == {"easy", "medium", "hard"}
    assert sum(tolerance_of(package, "secret") is not None for package in PACKAGES) >= 2
    assert any(problem.validator.kind == "unordered-lines" for problem in problems)
    assert sum(any((package / "statement").glob("*.png")) for package in PACKAGES) >= 2
    uuids = [load(package / "problem.yaml")["uuid"] for package in PACKAGES]
    assert len(set(uuids)) == len(uuids)


@each_package
def test_package_is_complete(package: Path) -> None:
    metadata, problem = load(package / "problem.yaml"), read(package)
    assert re.fullmatch(r"[a-z0-9]+", package.name)
    assert metadata["problem_format_version"] == "2025-09"
    assert metadata["license"] == "cc by-sa" and metadata["credits"]["authors"]
    assert set(metadata["limits"]) - {"validation_passes"} == {"time_limit", "memory", "output", "code"}
    assert problem.tags and problem.hints
    assert problem.editorial
    sections = ["## Input", "## Output", "## Constraints"]
    if "submit-answer" not in problem.types:  # nothing to try: what is asked for is the answer itself
        assert problem.samples
        sections.append("## The samples explained")
    assert all(section in problem.statement for section in sections)
    assert len(problem.cases) < 25 and (package.parent == TOUR or len(problem.cases) >= 10)
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", problem.statement)
    assert all((package / "statement" / name).is_file() for name in pictures)


def test_the_tour_has_a_problem_of_every_kind() -> None:
    tour = {problem.slug: problem for problem in map(read, PACKAGES) if problem.root.parent == TOUR}
    kinds = {word for problem in tour.values() for word in problem.types}
    assert kinds == {"pass-fail", "scoring", "interactive", "multi-pass", "submit-answer", "function"}
    assert {problem.validator.kind for problem in tour.values()} >= {"custom", "tokens", "unordered-tokens"}
    assert any(problem.languages == ("sql",) for problem in tour.values())
    assert any(group.require_pass for problem in tour.values() for group in problem.groups)


@pytest.mark.parametrize("package", [path for path in PACKAGES if path.parent == TOUR], ids=lambda path: path.name)
def test_the_tours_jury_has_right_and_wrong_solutions(package: Path) -> None:
    jury, types = jury_submissions(package), read(package).types
    verdicts = {verdict for one in jury for verdict in one.expected}
    assert verdicts >= ({"AC", "WA"} if "submit-answer" in types else {"AC", "WA", "TLE", "RTE"})
    assert sum(one.expected == {"AC"} for one in jury) >= 2
    if "scoring" in types:
        assert sum(one.score is not None and 0 < one.score[0] for one in jury if one.expected != {"AC"}) >= 2


@each_plain_package
def test_jury_has_every_verdict(package: Path) -> None:
    jury = jury_submissions(package)
    assert {verdict for one in jury for verdict in one.expected} >= VERDICTS
    assert all(len(one.expected) == 1 for one in jury)
    assert {one.language for one in jury if one.expected == {"AC"}} >= {"python3", "cpp"}
    assert {one.language for one in jury if one.expected != {"AC"}} >= {"python3", "cpp"}
    names = [one.path.relative_to(package / "submissions") for one in jury]
    assert len(set(names)) == len(names)


@each_package
def test_generator_reproduces_the_tests(package: Path, tmp_path: Path) -> None:
    made = run_python(package / "generators" / "generate.py", b"", str(tmp_path))
    assert made.returncode == 0, made.stderr.decode()
    again = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    secret = package / "data" / "secret"
    kept = {path.relative_to(secret) for path in secret.rglob("*") if path.suffix in (".in", ".ans")}
    assert set(again) == kept
    assert [name for name in sorted(kept) if (secret / name).read_bytes() != again[name]] == []


@each_package
def test_files_are_plain_and_small(package: Path) -> None:
    for path in package.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.stat().st_size <= 1_500_000, path
            if path.suffix != ".png":
                content = path.read_bytes()
                assert content.endswith(b"\n"), path
                assert b"\r" not in content and not content.startswith(b"\xef\xbb\xbf"), path


@each_package
def test_inputs_are_valid(package: Path) -> None:
    validator = package / "input_validators" / "validate.py"
    for case in read(package).cases:
        checked = run_python(validator, case.input.read_bytes())
        assert checked.returncode == 42, f"{case.name}: {checked.stderr.decode()}"


@pytest.mark.parametrize("package", [path for path in PACKAGES if path.name != "signs"], ids=lambda path: path.name)
@pytest.mark.parametrize("spoil", ["", "?!\n", "{}\n", " {}"], ids=["empty", "nonsense", "blank-line", "leading-space"])
def test_validator_refuses(package: Path, spoil: str) -> None:
    sample = read(package).samples[0].input.read_text()
    checked = run_python(package / "input_validators" / "validate.py", spoil.format(sample).encode())
    assert checked.returncode == 43, checked.stderr.decode()


@each_plain_package
def test_accepted_python_solution_solves_the_samples(package: Path) -> None:
    problem, solutions = read(package), sorted((package / "submissions" / "accepted").glob("*.py"))
    assert solutions
    for case in problem.samples:
        for solution in solutions:
            ran = run_python(solution, case.input.read_bytes())
            assert ran.returncode == 0, ran.stderr.decode()
            answer, tolerance = case.answer.read_text(), tolerance_of(package, "sample")
            output = ran.stdout.decode()
            assert same(output, answer, problem.validator.kind, tolerance), f"{solution.name} on {case.name}"


@each_package
def test_notebook_is_valid_and_up_to_date(package: Path) -> None:
    """When this fails: ``python contest_notebooks/build.py --notebooks``."""
    notebook = nbformat.read(package / f"{package.name}.ipynb", as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    problem = read(package)
    contest = package.parent.name if package.parent in CONTESTS else None
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata["oj"] == {"problem": package.name, "contest": contest, "version": problem.version}
    roles = [cell.metadata["oj"]["role"] for cell in notebook.cells]
    assert {"statement", "solution"} <= set(roles)
    samples = shown_samples(problem)
    assert roles.count("sample") == len(samples)
    text = "\n".join(cell.source for cell in notebook.cells).replace("(attachment:", "(")
    assert problem.title in text and problem.statement.strip() in text
    for sample in samples:
        said = [part.text for part in sample.conversation or ()]
        assert sample.input.strip() in text and sample.output.strip() in text
        assert all(part.strip() in html.unescape(text) for part in said)
    solution = notebook.cells[roles.index("solution")]
    language = solution.metadata["oj"]["language"]
    assert solution.cell_type == "code" and language == {"signs": "text", "bakery": "sql"}.get(package.name, "python3")
    if language == "python3":
        compile(solution.source, f"{package.name}.ipynb", "exec")


def test_all_tests_together_stay_small() -> None:
    sizes = [path.stat().st_size for package in PACKAGES for path in (package / "data").rglob("*") if path.is_file()]
    assert sum(sizes) < 16_000_000


def test_contest_names_its_problems() -> None:
    (contest,) = CONTESTS
    described = load(contest / "contest.yaml")
    problems = described["problems"]
    assert described["id"] == contest.name and described["penalty_min"] == 20 and described["duration_min"] > 0
    assert [one["label"] for one in problems] == list("ABCDEFG")
    assert {one["id"] for one in problems} == {package.name for package in PACKAGES if package.parent == contest}
    colors = [one["color"] for one in problems]
    assert len(set(colors)) == len(colors) and all(re.fullmatch(r"#[0-9a-f]{6}", color) for color in colors)


def test_first_start_loads_the_samples_and_starts_the_contest(tmp_path: Path) -> None:
    ctx = Context.open(Settings(state_dir=tmp_path))
    try:
        migrate.upgrade(ctx.engine)
        samples.load(ctx)
        samples.load(ctx)
        shown = contests.get(ctx, Identity("ada", "Ada", ALL_ROLES), "class-warm-up")
    finally:
        ctx.close()
    described = load(SAMPLES / "class-warm-up" / "contest.yaml")
    assert shown["name"] == described["name"] and shown["penalty_min"] == described["penalty_min"]
    assert shown["state"] == "running" and shown["freeze"] is None
    assert [{key: one[key] for key in ("label", "id", "color")} for one in shown["problems"]] == described["problems"]
