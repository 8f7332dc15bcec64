"""What is to be said of a verified package: which submissions got what they must, what is wrong, what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_graders.byhand.documents import Document
from jupyter_oj_graders.byhand.verifying import Entry, Verified

SLOW = 0.5
"""Share of the limit above which an accepted submission is too near it (ICPC juries ask for a factor of two)."""
FEW_TESTS = 5
"""With fewer tests than this, that a wrong submission fails on one only is nothing to speak of."""


def complaint(entry: Entry, result: Document | JudgeError | None) -> str | None:
    """What a submission should have got, where it got something else; None where all is well."""
    if result is None:
        return "was not judged"
    if isinstance(result, JudgeError):
        return result.detail
    return "; ".join(result["unmet"]) or None


def package_ok(verified: Verified) -> bool:
    """Whether every check passed and every submission got what it must."""
    judged = all(complaint(entry, verified.results.get(entry.name)) is None for entry in verified.subject.entries)
    return judged and all(check.ok is not False for check in verified.checks)


def judge_failed(verified: Verified) -> bool:
    return any(isinstance(result, JudgeError) for result in verified.results.values())


def warnings(verified: Verified, languages: Mapping[str, Language]) -> list[str]:
    """What nobody need mind, and a jury should know."""
    about = verified.subject
    said = [f"{check.name}: {check.detail}" for check in verified.checks if check.ok is None]
    if about.passed_over:
        said.append(f"not judged, as no language here has such files: {', '.join(about.passed_over)}")
    expected = [entry.jury.expected for entry in about.entries]
    if not any(entry.accepted for entry in about.entries):
        said.append("no submission must be accepted: nothing shows that the problem can be solved")
    if expected and all("AC" in each for each in expected):
        said.append("no submission must fail: nothing shows that the tests find a mistake")
    for entry in about.entries:
        result = verified.results.get(entry.name)
        if isinstance(result, dict) and complaint(entry, result) is None:
            said += [f"{entry.name}: {text}" for text in _doubts(verified, entry, result, languages)]
    return said


def _doubts(verified: Verified, entry: Entry, result: Document, languages: Mapping[str, Language]) -> list[str]:
    said = []
    language = languages.get(entry.language)
    limit = verified.cpu_s
    if language is not None:
        limit = limit * language.time_factor + language.time_extra_s
    if result["verdict"] == "AC" and entry.accepted and result["time_s"] > SLOW * limit:
        said.append(f"accepted, but it takes {result['time_s']:.2f} s of {limit:g} s")
    if entry.name in verified.near:
        took = verified.near[entry.name]
        said.append(f"too slow only by a little: {took:.2f} s, and the limit is {limit:g} s")
    failing = [run["case"] for run in result["runs"] if run["verdict"] != "AC"]
    whole = len(result["runs"]) == result["tests_total"] >= FEW_TESTS
    if result["verdict"] in ("WA", "PE") and whole and len(failing) == 1:
        said.append(f"wrong on one test only, {failing[0]}")
    return said


def document(verified: Verified, languages: Mapping[str, Language]) -> Document:
    """One package of ``--json``."""
    about = verified.subject
    return {
        "problem": about.problem.slug,
        "title": about.problem.title,
        "type": about.problem.type,
        "ok": package_ok(verified),
        "time_limit_s": verified.cpu_s,
        "time_limit_inferred": not about.stated,
        "tests": len(about.problem.tests),
        "checks": [asdict(check) for check in verified.checks],
        "warnings": warnings(verified, languages),
        "submissions": [_submission(entry, verified.results.get(entry.name)) for entry in about.entries],
    }


def _submission(entry: Entry, result: Document | JudgeError | None) -> Document:
    what = complaint(entry, result)
    return {
        "submission": entry.name,
        "language": entry.language,
        "expected": sorted(entry.jury.expected),
        "ok": what is None,
        "complaint": what,
        "judgement": result if isinstance(result, dict) else None,
    }
