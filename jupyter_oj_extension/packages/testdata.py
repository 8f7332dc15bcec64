"""``data/``: the sample and secret cases with their groups, in judging order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import TestCase, TestGroup
from jupyter_oj_extension.packages.files import PackageFiles, text_list
from jupyter_oj_extension.packages.formats import Format

AGGREGATIONS = ("pass-fail", "sum", "min", "max", "avg")


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder below ``data``, and what it inherits."""

    name: str
    flags: tuple[str, ...] | None
    on_reject: str = "break"


def read_testdata(files: PackageFiles, form: Format) -> tuple[tuple[TestCase, ...], tuple[TestGroup, ...]]:
    """All cases, samples first, then secret ones in lexicographic order; and the groups, each before what is in it."""
    top = _settings(files, form, _Folder("", None))[0]
    cases: list[TestCase] = []
    groups: list[TestGroup] = []
    for name in ("sample", "secret"):
        for item in _read(files, form, replace(top, name=name)):
            if isinstance(item, TestCase):
                cases.append(item)
            else:
                groups.append(item)
    if not any(not case.is_sample for case in cases):
        raise PackageError("data/secret: no test cases; each is a file NAME.in with its NAME.ans")
    return tuple(cases), tuple(groups)


def _read(files: PackageFiles, form: Format, folder: _Folder) -> Iterator[TestCase | TestGroup]:
    path = f"data/{folder.name}"
    if not files.has(path):
        return
    folder, group = _settings(files, form, folder)
    yield group
    names = files.names(path)
    inputs = [name for name in names if name.endswith(".in") and not (files.root / path / name).is_dir()]
    folders = [name for name in names if (files.root / path / name).is_dir() and not name.endswith(".files")]
    if not form.nested_groups and folders and (inputs or folder.name != "secret"):
        raise PackageError(f"{path}: holds cases and folders; put all cases into groups, or none")
    _refuse_orphans(path, names)
    for name in sorted([*inputs, *folders]):
        if name in folders:
            yield from _read(files, form, replace(folder, name=f"{folder.name}/{name}"))
        else:
            yield _case(files, form, folder, name.removesuffix(".in"))


def _case(files: PackageFiles, form: Format, folder: _Folder, base: str) -> TestCase:
    stem = f"data/{folder.name}/{base}"
    if not files.has(f"{stem}.ans"):
        raise PackageError(f"{stem}.ans: is missing; every NAME.in needs its NAME.ans")
    if files.has(f"{stem}.files"):
        raise PackageError(f"{stem}.files: input by files is not supported yet; give it on standard input")
    own = files.yaml(f"{stem}.yaml")
    if own.get("args"):
        raise PackageError(f"{stem}.yaml: args is not supported yet; give the input on standard input")
    return TestCase(
        name=f"{folder.name}/{base}",
        group=folder.name,
        input=files.inside(files.root / f"{stem}.in"),
        answer=files.inside(files.root / f"{stem}.ans"),
        validator_flags=_flags(own, form, f"{stem}.yaml", folder.flags),
    )


def _refuse_orphans(path: str, names: list[str]) -> None:
    for name in names:
        if name.endswith(".ans") and f"{name.removesuffix('.ans')}.in" not in names:
            raise PackageError(f"{path}/{name}: has no .in beside it; remove it or add the input")


def _settings(files: PackageFiles, form: Format, folder: _Folder) -> tuple[_Folder, TestGroup]:
    """The folder with its own settings over the inherited ones, and its group."""
    name = "/".join(part for part in ("data", folder.name, form.group_file) if part)
    data = files.yaml(name)
    folder = replace(folder, flags=_flags(data, form, name, folder.flags), on_reject=_on_reject(data, name, folder))
    secret = folder.name == "secret"
    if form.nested_groups:
        aggregation = _old_aggregation(str(data.get("grader_flags", "")))
        score = data.get("accept_score")
    else:
        aggregation = str(data.get("score_aggregation", "sum" if secret else "pass-fail"))
        score = data.get("max_score", 100 if secret else None)
    if aggregation not in AGGREGATIONS:
        raise PackageError(f"{name}: aggregation {aggregation!r} is not known; use {', '.join(AGGREGATIONS)}")
    return folder, TestGroup(folder.name, _score(score, name), aggregation, folder.on_reject)


def _flags(data: dict[str, Any], form: Format, where: str, inherited: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if form.flags_key not in data:
        return inherited
    value = data[form.flags_key]
    if isinstance(value, str) and form.nested_groups:
        return tuple(value.split())
    return text_list(value, f"{where}: {form.flags_key}")


def _on_reject(data: dict[str, Any], where: str, folder: _Folder) -> str:
    value = str(data.get("on_reject", folder.on_reject))
    if value not in ("break", "continue", "first_error", "worst_error", "grade"):
        raise PackageError(f"{where}: on_reject must be break or continue, not {value!r}")
    return "break" if value in ("break", "first_error") else "continue"


def _old_aggregation(flags: str) -> str:
    words = [word for word in flags.split() if word in AGGREGATIONS]
    return words[0] if words else "sum"


def _score(value: Any, where: str) -> float | None:
    if value is None or value == "unbounded":
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        raise PackageError(f"{where}: the score {value!r} is not a number") from None
