"""``problem.yaml`` and our own ``jupyter_oj.yaml`` beside it, which keeps the package valid for other judges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_extension.packages.files import PackageFiles, text_list
from jupyter_oj_extension.packages.formats import Format, format_of

KEYS_2025_09 = frozenset(
    "problem_format_version type name uuid version credits source license rights_owner embargo_until limits keywords "
    "languages allow_file_writing constants".split()
)
OUR_KEYS = frozenset("difficulty tags hints points validator presentation_errors starters limits expected".split())
DIFFICULTIES = ("easy", "medium", "hard")
VALIDATORS = ("tokens", "exact", "lines", "unordered-lines", "unordered-tokens", "json", "custom")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The two files, checked. `validator_kind` is "" where the package leaves it to its folders."""

    format: Format
    title: str
    type: str
    limits: Limits
    source: str
    licence: str
    languages: tuple[str, ...]
    tags: tuple[str, ...]
    difficulty: str
    hints: tuple[str, ...]
    validator_kind: str
    validator_flags: tuple[str, ...]
    presentation: bool
    starters: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)


def read_metadata(files: PackageFiles) -> Metadata:
    """Raises `PackageError` naming the file, the key and what is wrong."""
    if not files.has("problem.yaml"):
        raise PackageError(f"{files.root.name}: problem.yaml is missing; is this a problem package?")
    data, ours = files.yaml("problem.yaml"), files.yaml("jupyter_oj.yaml")
    form = format_of(str(data.get("problem_format_version", "legacy")))
    if form.strict_keys and (unknown := set(data) - KEYS_2025_09):
        raise PackageError(f"problem.yaml: unknown key {min(unknown)!r}; our own keys belong into jupyter_oj.yaml")
    if unknown := set(ours) - OUR_KEYS:
        raise PackageError(f"jupyter_oj.yaml: unknown key {min(unknown)!r}; known are {', '.join(sorted(OUR_KEYS))}")
    kind, flags = _validator(data, ours)
    return Metadata(
        format=form,
        title=_title(data.get("name"), files.root.name),
        type=_type(data.get("type")),
        limits=_limits(files, data.get("limits"), ours.get("limits")),
        source=_source(data.get("source")),
        licence=str(data.get("license", "unknown")),
        languages=_languages(data.get("languages")),
        tags=_tags(ours.get("tags"), data.get("keywords")),
        difficulty=_difficulty(ours.get("difficulty", "medium")),
        hints=text_list(ours.get("hints"), "jupyter_oj.yaml: hints"),
        validator_kind=kind,
        validator_flags=flags,
        presentation=_presentation(ours.get("presentation_errors", False)),
        starters=_text_map(ours.get("starters"), "jupyter_oj.yaml: starters"),
        constants=_text_map(data.get("constants"), "problem.yaml: constants"),
    )


def _title(name: Any, folder: str) -> str:
    if isinstance(name, dict) and name:
        name = name.get("en", next(iter(name.values())))
    title = folder if name is None else str(name).strip()
    if not title or len(title) > 200:
        raise PackageError("problem.yaml: name must have 1 to 200 characters")
    return title


def _type(value: Any) -> str:
    kinds = text_list(value, "problem.yaml: type") or ("pass-fail",)
    known = {"pass-fail", "scoring", "multi-pass", "interactive", "submit-answer"}
    if unknown := set(kinds) - known:
        raise PackageError(f"problem.yaml: type {min(unknown)!r} is not known; use {', '.join(sorted(known))}")
    return " ".join(sorted(set(kinds)))


def _limits(files: PackageFiles, given: Any, ours: Any) -> Limits:
    limits = _map(given, "problem.yaml: limits")
    default = Limits()

    def number(key: str, fallback: float) -> float:
        value = limits.get(key, fallback)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
            raise PackageError(f"problem.yaml: limits.{key} must be a number above 0, not {value!r}")
        return float(value)

    extra = _map(ours, "jupyter_oj.yaml: limits")
    processes = extra.get("processes", default.processes)
    if not isinstance(processes, int) or not 1 <= processes <= 4096:
        raise PackageError("jupyter_oj.yaml: limits.processes must be a whole number from 1 to 4096")
    return Limits(
        cpu_s=number("time_limit", _timelimit_file(files) or default.cpu_s),
        memory_mib=int(number("memory", default.memory_mib)),
        output_kib=int(number("output", default.output_kib / 1024) * 1024),
        processes=processes,
        source_kib=int(number("code", default.source_kib)),
        compile_wall_s=number("compilation_time", default.compile_wall_s),
        compile_memory_mib=int(number("compilation_memory", default.compile_memory_mib)),
    )


def _timelimit_file(files: PackageFiles) -> float | None:
    """Old packages keep the limit in ``.timelimit``. Where nothing says one it is our default: we run nothing here."""
    if not files.has(".timelimit"):
        return None
    try:
        return float(files.text(".timelimit"))
    except ValueError:
        raise PackageError(".timelimit: must hold one number of seconds") from None


def _validator(data: dict[str, Any], ours: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    flags = tuple(str(data.get("validator_flags", "")).split())
    kind = "custom" if str(data.get("validation", "")).startswith("custom") else ""
    if "validator" in ours:
        value = ours["validator"]
        given = {"kind": value} if isinstance(value, str) else _map(value, "jupyter_oj.yaml: validator")
        kind = str(given.get("kind", kind))
        flags = text_list(given.get("flags"), "jupyter_oj.yaml: validator.flags") or flags
    if kind not in ("", *VALIDATORS):
        raise PackageError(f"jupyter_oj.yaml: validator.kind {kind!r} is not known; use {', '.join(VALIDATORS)}")
    return kind, flags


def _presentation(value: Any) -> bool:
    if not isinstance(value, bool):
        raise PackageError(f"jupyter_oj.yaml: presentation_errors must be true or false, not {value!r}")
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
        old = keywords.split(",") if isinstance(keywords, str) else keywords
        given = text_list(old, "problem.yaml: keywords")
    return tuple(dict.fromkeys(tag.strip().lower()[:60] for tag in given if tag.strip()))


def _difficulty(value: Any) -> str:
    if value not in DIFFICULTIES:
        raise PackageError(f"jupyter_oj.yaml: difficulty must be one of {', '.join(DIFFICULTIES)}, not {value!r}")
    return str(value)


def _map(value: Any, where: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise PackageError(f"{where}: must be a map")
    return value


def _text_map(value: Any, where: str) -> dict[str, str]:
    return {str(key): str(text) for key, text in _map(value, where).items()}
