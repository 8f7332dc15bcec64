"""``problem.yaml`` and our own ``jupyter_oj.yaml`` beside it, which keeps the package valid for other judges."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import Limits, Timing
from jupyter_oj_extension.packages.domjudge import INI, read_ini
from jupyter_oj_extension.packages.files import PackageFiles, shown, text_list, words
from jupyter_oj_extension.packages.formats import Format, format_of
from jupyter_oj_extension.packages.limits import read_limits
from jupyter_oj_extension.packages.statements import statement_name

KEYS_2025_09 = frozenset(
    "problem_format_version type name uuid version credits source license rights_owner embargo_until limits keywords "
    "languages allow_file_writing constants".split()
)
OUR_KEYS = frozenset(
    "difficulty tags hints points validator presentation_errors starters limits expected function".split()
)
KINDS = frozenset({"pass-fail", "scoring", "multi-pass", "interactive", "submit-answer"})
CONSTANT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
DIFFICULTIES = ("easy", "medium", "hard")
VALIDATORS = ("tokens", "exact", "lines", "unordered-lines", "unordered-tokens", "json", "custom")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The two files, checked. `validator_kind` is "" where the package leaves it to its folders."""

    format: Format
    title: str
    type: str
    limits: Limits
    timing: Timing
    source: str
    licence: str
    languages: tuple[str, ...]
    tags: tuple[str, ...]
    difficulty: str
    hints: tuple[str, ...]
    validator_kind: str
    validator_flags: tuple[str, ...]
    presentation: bool
    objective: str = "max"
    grading: dict[str, Any] = field(default_factory=dict)
    """What packages from before ``testdata.yaml`` say there: it holds for all groups."""
    color: str = ""
    file_writing: bool = False
    starters: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)


def read_metadata(files: PackageFiles) -> Metadata:
    """Raises `PackageError` naming the file, the key and what is wrong."""
    if not files.has("problem.yaml") and not files.has(INI):
        raise PackageError(f"{files.root.name}: problem.yaml is missing; is this a problem package?")
    data, ours = files.yaml("problem.yaml"), files.yaml("jupyter_oj.yaml")
    form = format_of(str(data.get("problem_format_version", "legacy")))
    if form.strict_keys and (unknown := set(data) - KEYS_2025_09):
        raise PackageError(f"problem.yaml: unknown key {min(unknown)!r}; our own keys belong into jupyter_oj.yaml")
    if unknown := set(ours) - OUR_KEYS:
        raise PackageError(f"jupyter_oj.yaml: unknown key {min(unknown)!r}; known are {', '.join(sorted(OUR_KEYS))}")
    ini = read_ini(files, has_validator=any(files.names(folder) for folder in form.validator_folders))
    kind, flags = _validator(data, ours, ini.flags or ())
    limits = _map(data.get("limits"), "problem.yaml: limits")
    read, timing = read_limits(limits, _map(ours.get("limits"), "jupyter_oj.yaml: limits"), ini, form)
    return Metadata(
        format=form,
        title=_title(ini.name or data.get("name") or statement_name(files, form.statement_folders), files.root.name),
        type=_type(data, form),
        limits=read,
        timing=timing,
        source=_source(data.get("source")),
        licence=str(data.get("license", "unknown")),
        languages=_languages(data.get("languages")),
        tags=_tags(ours.get("tags"), data.get("keywords")),
        difficulty=_difficulty(ours.get("difficulty", "medium")),
        hints=text_list(ours.get("hints"), "jupyter_oj.yaml: hints"),
        validator_kind=kind,
        validator_flags=flags,
        presentation=_presentation(ours.get("presentation_errors", False)),
        objective=_objective(data.get("grading")),
        grading=_grading(data.get("grading")) if form.nested_groups else {},
        color=ini.color,
        file_writing=data.get("allow_file_writing", not form.strict_keys) is True,
        starters=_text_map(ours.get("starters"), "jupyter_oj.yaml: starters"),
        constants=_constants(data.get("constants")),
    )


def _title(name: Any, folder: str) -> str:
    if isinstance(name, dict) and name:
        name = name.get("en", next(iter(name.values())))
    title = " ".join(str(name or folder).split())
    if not title or len(title) > 200 or not title.isprintable():
        raise PackageError("problem.yaml: name must have 1 to 200 characters")
    return title


def _type(data: dict[str, Any], form: Format) -> str:
    """The words of the type, ``pass-fail`` or ``scoring`` among them. Legacy says ``interactive`` with `validation`,
    and DOMjudge ``multi-pass`` as well."""
    kinds = set(words(data.get("type"), "problem.yaml: type"))
    if not form.strict_keys:
        kinds |= {"interactive", "multi-pass"} & set(str(data.get("validation", "")).split())
    if unknown := kinds - KINDS:
        raise PackageError(f"problem.yaml: type {min(unknown)!r} is not known; use {', '.join(sorted(KINDS))}")
    if "scoring" not in kinds:
        kinds.add("pass-fail")
    for one, others in (("scoring", {"pass-fail"}), ("submit-answer", {"interactive", "multi-pass"})):
        if one in kinds and (both := kinds & others):
            raise PackageError(f"problem.yaml: type cannot be both {one} and {min(both)}")
    return " ".join(sorted(kinds))


def _objective(grading: Any) -> str:
    """``grading.objective`` of older formats: whether more points are better, or fewer."""
    objective = grading.get("objective", "max") if isinstance(grading, dict) else "max"
    if objective not in ("max", "min"):
        raise PackageError(f"problem.yaml: grading.objective must be min or max, not {shown(objective)}")
    return str(objective)


def _grading(grading: Any) -> dict[str, Any]:
    keys = ("accept_score", "reject_score", "range", "on_reject")
    return {key: grading[key] for key in keys if key in grading} if isinstance(grading, dict) else {}


def _validator(data: dict[str, Any], ours: dict[str, Any], flags: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    flags = words(data.get("validator_flags"), "problem.yaml: validator_flags") or flags
    kind = "custom" if str(data.get("validation", "")).split()[:1] == ["custom"] else ""
    if "validator" in ours:
        value = ours["validator"]
        given = {"kind": value} if isinstance(value, str) else _map(value, "jupyter_oj.yaml: validator")
        kind = str(given.get("kind", kind))
        flags = text_list(given.get("flags"), "jupyter_oj.yaml: validator.flags") or flags
    if kind not in ("", *VALIDATORS):
        raise PackageError(f"jupyter_oj.yaml: validator.kind {shown(kind)} is not known; use {', '.join(VALIDATORS)}")
    return kind, flags


def _constants(value: Any) -> dict[str, str]:
    constants = _map(value, "problem.yaml: constants")
    for name, one in constants.items():
        if not isinstance(name, str) or not CONSTANT.fullmatch(name) or not isinstance(one, str | int | float):
            raise PackageError(f"problem.yaml: constants: {shown(name)} must be a name with a number or a text")
    return {name: str(one) for name, one in constants.items()}


def _presentation(value: Any) -> bool:
    if not isinstance(value, bool):
        raise PackageError(f"jupyter_oj.yaml: presentation_errors must be true or false, not {shown(value)}")
    return value


def _source(value: Any) -> str:
    entries = value if isinstance(value, list) else [] if value is None else [value]
    return ", ".join(str(entry.get("name", "")) if isinstance(entry, dict) else str(entry) for entry in entries)


def _languages(value: Any) -> tuple[str, ...]:
    """Language codes, or nothing for all. Older formats write them into one text."""
    if value is None or value == "all":
        return ()
    return tuple(value.split()) if isinstance(value, str) else text_list(value, "problem.yaml: languages")


def _tags(ours: Any, keywords: Any) -> tuple[str, ...]:
    given = text_list(ours, "jupyter_oj.yaml: tags")
    if not given:
        # Legacy parts them by spaces; where there are commas, a keyword may hold some.
        old = keywords.split("," if "," in keywords else None) if isinstance(keywords, str) else keywords
        given = text_list(old, "problem.yaml: keywords")
    return tuple(dict.fromkeys(tag.strip().lower()[:60] for tag in given if tag.strip()))


def _difficulty(value: Any) -> str:
    if value not in DIFFICULTIES:
        raise PackageError(f"jupyter_oj.yaml: difficulty must be one of {', '.join(DIFFICULTIES)}, not {shown(value)}")
    return str(value)


def _map(value: Any, where: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise PackageError(f"{where}: must be a map")
    return value


def _text_map(value: Any, where: str) -> dict[str, str]:
    return {str(key): str(text) for key, text in _map(value, where).items()}
