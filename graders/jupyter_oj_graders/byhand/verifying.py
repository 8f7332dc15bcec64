"""Verify packages: judge every jury submission, and hold what it got against what it must get.

Accepted submissions come first. Where a package states no time limit they run with none to speak of, and the limit is
made of the slowest of them (`timing`); then the rest is judged with it. A pass-fail problem is judged past failing
tests, for the table, but not past one that took too long.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import JudgeError, Unprocessable
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import JurySubmission, Problem
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.byhand import bench, documents, inspection, opening, timing
from jupyter_oj_graders.byhand.documents import Document
from jupyter_oj_graders.byhand.fleet import Fleet, Order, Work
from jupyter_oj_graders.byhand.inspection import Check
from jupyter_oj_graders.judge import Manner
from jupyter_oj_sandbox.api import SandboxFault

ACCEPTED = frozenset({"AC"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A jury submission: its path below ``submissions/``, its files, its language, and what it must get."""

    name: str
    jury: JurySubmission
    files: tuple[SourceFile, ...]
    language: str

    @property
    def accepted(self) -> bool:
        """Whether it is a solution. One of ``accepted/`` is, where only its score is told as well."""
        return self.jury.expected == ACCEPTED or (self.name.startswith("accepted/") and "AC" in self.jury.expected)

    @property
    def sets_the_limit(self) -> bool:
        """Whether an inferred time limit must leave it room (``use_for_time_limit``)."""
        bounds = [requirement.time_limit for requirement in self.jury.requirements if not requirement.scope]
        return self.accepted and (not bounds or "lower" in bounds)


@dataclass(frozen=True, slots=True)
class Subject:
    """A package to verify."""

    folder: Path
    problem: Problem
    legacy: bool
    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...] = ()
    """Names of submissions in a language that is not here, or in none."""

    @property
    def stated(self) -> bool:
        """Whether the package says its time limit."""
        return self.problem.timing.stated


@dataclass(slots=True)
class Verified:
    """What came of one package, filled in as it is known. `results` has a document or a `JudgeError` an entry."""

    subject: Subject
    cpu_s: float
    checks: list[Check] = field(default_factory=list)
    results: dict[str, Document | JudgeError] = field(default_factory=dict)
    near: dict[str, float] = field(default_factory=dict)
    """Too slow submissions that end within the margin over the limit, with their time."""


def subject(folder: Path, languages: Mapping[str, Language], only: str | None) -> Subject:
    """Read a package. `only` chooses jury submissions by pattern. Raises `PackageError` or `Unprocessable`."""
    problem = packages.read(folder)
    entries, passed_over = [], []
    for jury in packages.jury_submissions(folder):
        name = jury.path.relative_to(folder / "submissions").as_posix()
        if only is None or fnmatchcase(name, only) or fnmatchcase(jury.path.name, only):
            files = opening.of_jury(problem, opening.submission([jury.path]))
            try:
                language = opening.language_of(problem, files, languages, jury.language or None)
            except Unprocessable:
                passed_over.append(name)
            else:
                entries.append(Entry(name, jury, files, language))
    return Subject(folder, problem, timing.is_legacy(folder), tuple(entries), tuple(passed_over))


@contextmanager
def slot(
    settings: Settings, languages: Mapping[str, Language], subjects: Sequence[Subject], past: frozenset[Verdict] | None,
    number: int, core: int | None,
) -> Iterator[Work]:  # fmt: skip
    """A slot of the fleet for `verify`. `past`: see `Manner`; None: as the package's own rule has it."""
    with bench.opened(settings, languages, number, core) as opened:

        def work(order: Order) -> Generator[Any, None, Any]:
            about = subjects[order["subject"]]
            if order["entry"] is None:
                return (yield from _inspected(opened, about))
            entry = about.entries[order["entry"]]
            manner = Manner(open_tests=True, past=_past(about.problem, entry.jury) if past is None else past)
            judging = opened.judge(
                about.problem, entry.language, entry.files, manner, order["cpu_s"], entry.jury.entry_point
            )
            return (yield from documents.followed(about.problem, entry.language, judging, entry.jury))

        yield work


def _past(problem: Problem, jury: JurySubmission) -> frozenset[Verdict]:
    """Verdicts that a submission is judged past. What must be so on certain tests is looked at on all of them."""
    if any(requirement.scope for requirement in jury.requirements):
        return frozenset(Verdict)
    return frozenset() if problem.scored else frozenset(Verdict) - {Verdict.TLE}


def _inspected(opened: bench.Bench, about: Subject) -> Generator[Any, None, Any]:
    try:
        checks = []
        for check in inspection.inspect(opened, about.folder, about.problem):
            checks.append(asdict(check))
            yield {"check": check.name}
        return checks
    except (SandboxFault, OSError) as fault:
        raise JudgeError(f"the sandbox failed: {fault}") from fault


def verify(
    fleet: Fleet,
    languages: Mapping[str, Language],
    subjects: Sequence[Subject],
    tell: Callable[[Subject, str], None],
    planned: Callable[[int], None],
) -> list[Verified]:
    """Judge all. `planned` is called with the number of orders whenever more of them are known, `tell` with what each
    step is about; an order's last word is ``done``."""
    verified = [Verified(one, one.problem.limits.cpu_s if one.stated else timing.UNLIMITED_S) for one in subjects]
    first: list[Order] = [_order(number, None, None) for number in range(len(subjects))]
    later: list[Order] = []
    for number, each in enumerate(verified):
        for place, entry in enumerate(each.subject.entries):
            order = _order(number, place, each.cpu_s)
            (first if entry.accepted else later).append(order)
    stated = [order for order in later if subjects[order["subject"]].stated]
    _carry_out(fleet, verified, first + stated, tell, planned)
    for each in verified:
        if not each.subject.stated:
            about = each.subject
            slowest_s = _slowest_s(each, languages)
            each.cpu_s = timing.inferred_s(about.problem.timing, slowest_s, legacy=about.legacy)
    rest = [{**o, "cpu_s": verified[o["subject"]].cpu_s} for o in later if not subjects[o["subject"]].stated]
    _carry_out(fleet, verified, rest, tell, planned)
    _look_closer(fleet, verified, tell, planned)
    return verified


def _order(number: int, entry: int | None, cpu_s: float | None) -> Order:
    return {"subject": number, "entry": entry, "cpu_s": cpu_s}


def _carry_out(
    fleet: Fleet,
    verified: Sequence[Verified],
    orders: Sequence[Order],
    tell: Callable[[Subject, str], None],
    planned: Callable[[int], None],
) -> None:
    planned(len(orders))
    for order, result in zip(orders, fleet.run(orders, _telling(verified, orders, tell)), strict=True):
        each = verified[order["subject"]]
        if order["entry"] is None:
            failed = isinstance(result, JudgeError)
            each.checks = [Check("package", False, result.detail)] if failed else [Check(**check) for check in result]
        else:
            each.results[each.subject.entries[order["entry"]].name] = result


def _telling(
    verified: Sequence[Verified], orders: Sequence[Order], tell: Callable[[Subject, str], None]
) -> Callable[[int, Any], None]:
    def on_progress(index: int, step: Any) -> None:
        about = verified[orders[index]["subject"]].subject
        if step is None:
            tell(about, "done")
        elif "check" in step:
            tell(about, step["check"])
        else:
            entry = about.entries[orders[index]["entry"]]
            tell(about, f"{entry.name} {step['run']['case'] if 'run' in step else step['phase']}")

    return on_progress


def _look_closer(
    fleet: Fleet,
    verified: Sequence[Verified],
    tell: Callable[[Subject, str], None],
    planned: Callable[[int], None],
) -> None:
    """Judge what was too slow for an inferred limit again, with the margin that the format asks for: it must be too
    slow still."""
    orders: list[Order] = []
    for number, each in enumerate(verified):
        if each.subject.stated:
            continue
        wider_s = each.cpu_s * each.subject.problem.timing.time_limit_to_tle
        for place, entry in enumerate(each.subject.entries):
            result = each.results.get(entry.name)
            if entry.jury.expected == {"TLE"} and isinstance(result, dict) and result["verdict"] == "TLE":
                orders.append(_order(number, place, wider_s))
    planned(len(orders))
    for order, result in zip(orders, fleet.run(orders, _telling(verified, orders, tell)), strict=True):
        each = verified[order["subject"]]
        if isinstance(result, dict) and result["verdict"] != "TLE":
            each.near[each.subject.entries[order["entry"]].name] = result["time_s"]


def _slowest_s(each: Verified, languages: Mapping[str, Language]) -> float:
    """The slowest accepted time that counts, as the reference language has it; 0 where none was accepted."""
    times = [0.0]
    for entry in each.subject.entries:
        result = each.results.get(entry.name)
        if entry.sets_the_limit and isinstance(result, dict) and result["verdict"] == "AC":
            times.append(timing.reference_s(result["time_s"], languages[entry.language]))
    return max(times)
