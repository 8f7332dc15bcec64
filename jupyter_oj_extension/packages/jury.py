"""``submissions/``: the jury's solutions, and the verdicts each may get."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import JurySubmission
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.packages.files import PackageFiles, text_list
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
}
"""Verdict of the whole judgement by folder. The format knows no MLE, OLE, CE; other judges skip those."""

OTHER_EXTENSIONS = {".c": "c", ".java": "java", ".kt": "kotlin", ".rs": "rust", ".go": "go", ".js": "javascript"}


def jury_submissions(folder: Path) -> tuple[JurySubmission, ...]:
    """The jury's submissions of the package in `folder`, by folder and name. Raises `PackageError`.

    ``submissions.yaml`` narrows or widens what is allowed: a judgement ends with one verdict, so a submission may get
    what its `permitted` names, without AC unless AC may satisfy `required`. ``expected`` in ``jupyter_oj.yaml`` (a map
    of patterns to our verdicts) has the last word, for verdicts the format cannot name.
    """
    files = PackageFiles(folder)
    rules = files.yaml("submissions/submissions.yaml")
    ours = files.yaml("jupyter_oj.yaml").get("expected") or {}
    if not isinstance(ours, dict):
        raise PackageError("jupyter_oj.yaml: expected: must be a map of patterns to verdicts")
    found: list[JurySubmission] = []
    for directory in files.names("submissions"):
        if not (folder / "submissions" / directory).is_dir():
            continue
        for name in files.names(f"submissions/{directory}"):
            path, shown = folder / "submissions" / directory / name, f"{directory}/{name}"
            files.inside(path)
            expected, language = _rules_for(shown, FOLDERS.get(directory), rules)
            for pattern, verdicts in ours.items():
                if matches(str(pattern), shown):
                    expected = _verdicts(verdicts, f"jupyter_oj.yaml: expected: {pattern}")
            if expected is None:
                raise PackageError(f"submissions/{directory}: which verdict is expected? Say it in submissions.yaml")
            found.append(JurySubmission(path, language or _language(files, path), expected))
    return tuple(found)


def _rules_for(
    shown: str, expected: frozenset[str] | None, rules: dict[str, Any]
) -> tuple[frozenset[str] | None, str | None]:
    language = None
    for pattern, rule in rules.items():
        if not matches(pattern, shown) or not isinstance(rule, dict):
            continue
        where = f"submissions/submissions.yaml: {pattern}"
        language = str(rule["language"]) if "language" in rule else language
        if "permitted" in rule or "required" in rule:
            permitted = _verdicts(rule.get("permitted", sorted(FOLDERS["rejected"] | {"AC"})), where)
            required = _verdicts(rule["required"], where) if "required" in rule else permitted
            expected = permitted if "AC" in required else permitted & required or permitted - {"AC"}
    return expected, language


def _verdicts(value: Any, where: str) -> frozenset[str]:
    verdicts = frozenset(text_list(value, where))
    if not verdicts or (unknown := verdicts - {str(verdict) for verdict in Verdict}):
        raise PackageError(f"{where}: {', '.join(sorted(unknown)) if verdicts else 'nothing'} is not a verdict")
    return verdicts


def matches(pattern: str, shown: str) -> bool:
    """Whether a pattern of ``submissions.yaml`` matches the submission or a folder it is in. ``*`` stops at a slash,
    ``{a,b}`` means either."""
    parts = shown.split("/")
    for one in _expand(pattern.strip("/")):
        wanted = one.split("/")
        if len(wanted) <= len(parts) and all(map(fnmatch.fnmatchcase, parts, wanted)):
            return True
    return False


def _expand(pattern: str) -> list[str]:
    inner = re.search(r"\{([^{}]*)\}", pattern)
    if inner is None:
        return [pattern.replace("[", "[[]")]
    head, tail = pattern[: inner.start()], pattern[inner.end() :]
    return [one for choice in inner[1].split(",")[:50] for one in _expand(head + choice + tail)]


def _language(files: PackageFiles, path: Path) -> str:
    """The language by file name extension; that of the first known file of a folder."""
    known = by_extension(languages())
    inside = str(path.relative_to(files.root))
    names = list(files.walk(inside)) if path.is_dir() else [inside]
    for name in names:
        suffix = Path(name).suffix
        if language := known.get(suffix) or OTHER_EXTENSIONS.get(suffix):
            return language
    raise PackageError(f"{inside}: its language is not known from the name; name it in submissions/submissions.yaml")
