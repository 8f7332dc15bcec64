"""``submissions/``: the jury's solutions, and what each must get.

A package says it by the folder's name, in ``submissions.yaml``, and in comments of the source (DOMjudge). What goes
into single tests stands in `requirements`; `expected` is the verdict of the whole judgement, which stops as a learner's
does.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path, PurePosixPath
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import JurySubmission, Requirement
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.packages.domjudge import RUN_VERDICTS, Expected, expected_in
from jupyter_oj_extension.packages.files import PackageFiles, number, shown, text_list
from jupyter_oj_extension.packages.known_languages import EXTENSIONS
from jupyter_oj_extension.plugins import by_extension, languages

FOLDERS: dict[str, frozenset[str]] = {
    "accepted": frozenset({"AC"}),
    "wrong_answer": frozenset({"WA"}),
    "presentation_error": frozenset({"PE"}),
    "time_limit_exceeded": frozenset({"TLE"}),
    "memory_limit_exceeded": frozenset({"MLE"}),
    "output_limit_exceeded": frozenset({"OLE"}),
    "run_time_error": frozenset({"RTE"}),
    "compile_error": frozenset({"CE"}),
    "brute_force": frozenset({"TLE", "RTE", "MLE"}),
    "rejected": frozenset({"WA", "PE", "TLE", "MLE", "OLE", "RTE"}),
    "compiler_error": frozenset({"CE"}),
    "no_output": frozenset({"WA", "PE"}),
    "memory_limit": frozenset({"MLE", "RTE"}),
    "output_limit": frozenset({"OLE"}),
}
"""Verdict of the whole judgement by folder. The format knows no MLE, OLE, CE; other judges skip those. The last four
are DOMjudge's names. In a folder of another name a submission may get any verdict, unless something says more."""

DEFAULTS: dict[str, tuple[str | None, str | None]] = {
    "accepted": ("AC", None),
    "rejected": (None, "RTE TLE WA"),
    "wrong_answer": ("AC WA", "WA"),
    "time_limit_exceeded": ("AC TLE", "TLE"),
    "run_time_error": ("AC RTE", "RTE"),
    "brute_force": ("AC RTE TLE", "RTE TLE"),
}
"""``permitted`` and ``required`` of the format's own folders (2025-09, "Default directories")."""

KEYS = frozenset(
    "language entrypoint authors model_solution permitted required score message use_for_time_limit".split()
)
"""What ``submissions.yaml`` says of submissions; other keys are patterns of tests, with a map."""

ANY = RUN_VERDICTS | {"CE"}
TAG_BYTES = 64 << 10
"""Comments that say what is expected are looked for that far into a source."""


@dataclass(slots=True)
class _Found:
    """What ``submissions.yaml`` says of one submission."""

    language: str = ""
    entry_point: str = ""
    expected: frozenset[str] | None = None
    score: tuple[float, float] | None = None
    requirements: list[Requirement] = field(default_factory=list)


def jury_submissions(folder: Path) -> tuple[JurySubmission, ...]:
    """The jury's submissions of the package in `folder`, by folder and name. Raises `PackageError`.

    ``expected`` in ``jupyter_oj.yaml`` (a map of patterns to our verdicts) has the last word on the verdict of the
    whole, for verdicts the format cannot name.
    """
    files = PackageFiles(folder.absolute())
    rules = files.yaml("submissions/submissions.yaml")
    ours = files.yaml("jupyter_oj.yaml").get("expected") or {}
    if not isinstance(ours, dict):
        raise PackageError("jupyter_oj.yaml: expected: must be a map of patterns to verdicts")
    strict = str(files.yaml("problem.yaml").get("problem_format_version", "legacy")) == "2025-09"
    found: list[JurySubmission] = []
    for directory in files.names("submissions"):
        if not files.is_folder(f"submissions/{directory}"):
            continue
        for name in files.names(f"submissions/{directory}"):
            submission = _submission(files, f"{directory}/{name}", rules, defaults=strict)
            for pattern, verdicts in ours.items():
                if matches(str(pattern), f"{directory}/{name}"):
                    allowed = _verdicts(verdicts, f"jupyter_oj.yaml: expected: {shown(pattern)}")
                    submission = replace(submission, expected=allowed, requirements=())
            found.append(submission)
    return tuple(found)


def _submission(files: PackageFiles, name: str, rules: dict[str, Any], *, defaults: bool) -> JurySubmission:
    path = files.inside(files.root / "submissions" / name)
    directory = name.split("/")[0]
    told = _told(name, rules, directory if defaults else "")
    inside = f"submissions/{name}"
    members = list(files.walk(inside)) if path.is_dir() else [inside]
    tags = _tags(files, members)
    by_folder = told.expected or FOLDERS.get(directory)
    expected = by_folder or ANY
    if tags.verdicts is not None:
        # The folder's name counts where both can be true, else the comment: a solution may earn some of the points.
        expected = (tags.verdicts & by_folder if by_folder else None) or tags.verdicts
    elif tags.score is not None and directory not in ("wrong_answer", "time_limit_exceeded", "run_time_error"):
        expected = RUN_VERDICTS
    partial = directory == "partially_accepted"
    return JurySubmission(
        path=path,
        language=told.language or _language(members),
        expected=RUN_VERDICTS if partial and tags.verdicts is None and told.expected is None else expected,
        score=told.score if tags.score is None else (tags.score, tags.score),
        partial=partial,
        requirements=tuple(told.requirements),
        entry_point=told.entry_point,
    )


def _told(name: str, rules: dict[str, Any], directory: str) -> _Found:
    """`directory` is "" where the format's folders mean no more than their names say, and unknown keys nothing."""
    found, strict = _Found(), bool(directory)
    if directory in DEFAULTS and not isinstance(rules.get(directory), dict):
        rules = {directory: {}, **rules}
    for pattern, rule in rules.items():
        if not matches(pattern, name) or not isinstance(rule, dict):
            continue
        where = f"submissions/submissions.yaml: {shown(pattern)}"
        if strict and (unknown := {key for key, about in rule.items() if not isinstance(about, dict)} - KEYS):
            raise PackageError(f"{where}: unknown key {min(unknown)!r}")
        if pattern == directory and directory in DEFAULTS:
            permitted, required = DEFAULTS[directory]
            own = {"permitted": permitted, "required": required}
            rule = {key: text.split() for key, text in own.items() if text} | rule
        found.language = str(rule.get("language", found.language))
        found.entry_point = str(rule.get("entrypoint", found.entry_point))
        requirement = _requirement("", rule, where)
        scopes = [_requirement(scope, about, f"{where}: {shown(scope)}") for scope, about in rule.items()
                  if isinstance(about, dict)]  # fmt: skip
        found.requirements += [one for one in (requirement, *scopes) if one is not None]
        if "score" in rule and requirement is not None:
            found.score = requirement.score
        if requirement is not None and (expected := _whole(requirement, directory)) is not None:
            found.expected = expected
    return found


def _whole(requirement: Requirement, directory: str) -> frozenset[str] | None:
    """A judgement ends with one verdict: what `permitted` names, without AC unless AC may satisfy `required`. None: the
    rule says no more than the folder's name does."""
    if requirement.permitted is None and requirement.required is None:
        return None
    names = DEFAULTS.get(directory)
    if names is not None and (requirement.permitted, requirement.required) == tuple(
        frozenset(text.split()) if text else None for text in names
    ):
        return None
    permitted = requirement.permitted or FOLDERS["rejected"] | {"AC"}
    required = requirement.required or permitted
    return permitted if "AC" in required else permitted & required or permitted - {"AC"}


def _requirement(scope: str, rule: dict[str, Any], where: str) -> Requirement | None:
    permitted = _verdicts(rule["permitted"], where) if "permitted" in rule else None
    required = _verdicts(rule["required"], where) if "required" in rule else None
    score = _score(rule["score"], f"{where}: score") if "score" in rule else None
    message = str(rule.get("message", ""))
    bound = rule.get("use_for_time_limit", True)
    if bound not in (True, False, "lower", "upper"):
        raise PackageError(f"{where}: use_for_time_limit must be true, false, lower or upper, not {shown(bound)}")
    if bound is True:
        lower = permitted is not None and "TLE" not in permitted
        bound = "upper" if required == frozenset({"TLE"}) else "lower" if lower else ""
    if permitted is None and required is None and score is None and not message and not bound:
        return None
    return Requirement(scope, permitted, required, score, message, bound or "")


def _score(value: Any, where: str) -> tuple[float, float]:
    if isinstance(value, list):
        if len(value) != 2:
            raise PackageError(f"{where}: must be a number, or two between which it lies")
        low, high = (number(one, where) for one in value)
    else:
        low = high = number(value, where)
    if not -inf < low <= high < inf:
        raise PackageError(f"{where}: no score lies between {low:g} and {high:g}")
    return low, high


def _verdicts(value: Any, where: str) -> frozenset[str]:
    verdicts = frozenset(text_list(value, where))
    if not verdicts or (unknown := verdicts - {str(verdict) for verdict in Verdict}):
        raise PackageError(f"{where}: {', '.join(sorted(unknown)) if verdicts else 'nothing'} is not a verdict")
    return verdicts


def _tags(files: PackageFiles, members: list[str]) -> Expected:
    """What comments say, of whichever file holds them. A file that is no text says nothing."""
    for name in members:
        with files.file(name).open("rb") as file:
            text = file.read(TAG_BYTES).decode("utf-8", "replace")
        found = expected_in(text, name)
        if found != Expected():
            return found
    return Expected()


def matches(pattern: str, name: str) -> bool:
    """Whether a pattern of ``submissions.yaml`` matches a name, or a folder it is in. ``*`` stops at a slash, ``{a,b}``
    means either."""
    parts = name.split("/")
    for one in _expand(pattern.strip("/")[:500]):
        wanted = one.split("/")
        if len(wanted) <= len(parts) and all(map(fnmatch.fnmatchcase, parts, wanted)):
            return True
    return False


def _expand(pattern: str, left: int = 6) -> list[str]:
    inner = re.search(r"\{([^{}]*)\}", pattern)
    if inner is None or not left:
        return [pattern.replace("[", "[[]")]
    head, tail = pattern[: inner.start()], pattern[inner.end() :]
    return [one for choice in inner[1].split(",")[:16] for one in _expand(head + choice + tail, left - 1)][:4096]


def _language(members: list[str]) -> str:
    """The language by file name extension, that of the first known file of a folder; "" where none tells."""
    known = EXTENSIONS | by_extension(languages())
    return next((known[suffix] for name in members if (suffix := PurePosixPath(name).suffix) in known), "")
