"""``data/``: the sample and secret cases with their groups, in judging order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import StaticTest, TestCase, TestGroup
from jupyter_oj_extension.packages.files import DEPTH_LIMIT, PackageFiles, text_list, words
from jupyter_oj_extension.packages.formats import Format, format_of
from jupyter_oj_extension.packages.groups import (
    CASE_KEYS_2025_09,
    Old,
    check_new,
    drafted,
    most_points,
    new_group,
    old_group,
    static_test,
)

CASES_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of the problem before its data is read. `flags`: the problem's own validator flags, which older
    formats put before a group's; `grading`: settings of its groups where their files say no other. `known`: it was
    imported once, and keys that were passed over then still are."""

    scoring: bool = False
    own_validator: bool = False
    flags: tuple[str, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    grading: dict[str, Any] = field(default_factory=dict)
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder below ``data``, and what it inherits."""

    name: str
    flags: tuple[str, ...] | None = None
    args: tuple[str, ...] = ()
    full_feedback: bool = False
    old: Old = field(default_factory=Old)
    group: str = ""


@dataclass(frozen=True, slots=True)
class TestData:
    """What is below ``data``: the cases, samples first, then secret ones in lexicographic order; the groups, each
    before what is in it, the first being all of ``data``; the static tests, in the order of their groups."""

    __test__ = False

    cases: tuple[TestCase, ...]
    groups: tuple[TestGroup, ...]
    static_tests: tuple[StaticTest, ...] = ()


def read_testdata(files: PackageFiles, form: Format, rules: Rules | None = None) -> TestData:
    """Raises `PackageError`."""
    rules = rules or Rules()
    if rules.scoring and form.version.startswith("2023-07") and _has_new_groups(files):
        new = format_of("2025-09")
        form = replace(form, group_files=new.group_files, flags_keys=new.flags_keys, nested_groups=False)
    return _Reader(files, form, rules).read()


def _has_new_groups(files: PackageFiles) -> bool:
    """Whether the points of a draft's groups stand in ``test_group.yaml``: they mean then what they mean in 2025-09."""
    groups = (f"data/secret/{name}" for name in files.names("data/secret"))
    held = {name for folder in ("data", "data/secret", *groups) for name in files.names(folder)}
    return "test_group.yaml" in held and "testdata.yaml" not in held


class _Reader:
    def __init__(self, files: PackageFiles, form: Format, rules: Rules) -> None:
        self._files, self._form, self._rules = files, form, rules
        self._cases: list[TestCase] = []
        self._groups: dict[str, TestGroup] = {}
        self._static: list[StaticTest] = []
        self._strict = form.strict_keys and not rules.known

    def read(self) -> TestData:
        self._refuse_strays()
        top = self._top()
        for name in ("sample", "secret"):
            if self._files.has(f"data/{name}"):
                self._folder(top, name)
        tests: list[TestCase | StaticTest] = [*self._cases, *self._static]
        if all(test.is_sample for test in tests):
            raise PackageError("data/secret: no test cases; each is a file NAME.in with its NAME.ans")
        if self._form.nested_groups:
            self._count_points()
        else:
            self._groups[""] = replace(
                self._groups[""], on_reject="continue" if self._rules.scoring else "break",
                score=self._groups["secret"].score,
            )  # fmt: skip
            if self._rules.scoring:
                check_new(self._groups)
        return TestData(tuple(self._cases), tuple(self._groups.values()), tuple(self._static))

    def _refuse_strays(self) -> None:
        """Tests that would be passed over without a word; not of a package that was imported with them."""
        if self._rules.known:
            return
        for name in self._files.names("data"):
            if name.endswith(".in") and not self._files.is_folder(f"data/{name}"):
                raise PackageError(f"data/{name}: is neither in data/sample nor in data/secret; move it there")

    def _top(self) -> _Folder:
        if not self._form.nested_groups:
            # Its score is that of `secret`: the samples do not count.
            self._groups[""] = TestGroup("", aggregation="sum" if self._rules.scoring else "pass-fail")
            # The format has no such file; ours may keep what holds for all tests in it.
            where = f"data/{self._form.group_files[0]}"
            data = self._files.yaml(where)
            if (unknown := set(data) - CASE_KEYS_2025_09) and self._strict:
                raise PackageError(f"{where}: unknown key {min(unknown)!r}")
            return self._inherited(_Folder(""), data, where)
        folder = self._old(_Folder(""), "")
        self._groups[""] = old_group("", folder.old, 0, scoring=self._rules.scoring, folders=True)
        return folder

    def _folder(self, above: _Folder, name: str) -> None:
        path = f"data/{name}"
        if name.count("/") >= DEPTH_LIMIT:
            raise PackageError(f"{path[:80]}…: groups lie too deep in each other")
        names = self._files.names(path)
        inputs = [one for one in names if one.endswith(".in") and not self._files.is_folder(f"{path}/{one}")]
        folders = [one for one in names if self._files.is_folder(f"{path}/{one}") and not one.endswith(".files")]
        _refuse_orphans(path, names)
        folder = self._settings(replace(above, name=name), inputs, folders)
        for one in sorted([*(name.removesuffix(".in") for name in inputs), *folders]):
            if one in folders and f"{one}.in" in inputs:
                raise PackageError(f"{path}/{one}: is a folder and a test case; rename one of them")
            if one in folders:
                self._folder(folder, f"{name}/{one}")
            else:
                self._case(folder, one)

    def _settings(self, folder: _Folder, inputs: list[str], folders: list[str]) -> _Folder:
        """The folder with its own settings over the inherited ones; its group is kept on the way."""
        name = folder.name
        if self._form.nested_groups:
            folder = replace(self._old(folder, name), group=name)
            self._groups[name] = old_group(
                name, folder.old, len(inputs), scoring=self._rules.scoring, folders=bool(folders)
            )
            return folder
        depth = name.count("/")
        if folders and name == "sample":
            raise PackageError(f"data/sample/{folders[0]}: is a folder; samples have no groups")
        if folders and depth == 0 and inputs:
            raise PackageError(f"data/{name}: holds cases and folders; put all cases into groups, or none")
        if depth > 1:
            if self._files.has(f"data/{name}/test_group.yaml"):
                raise PackageError(f"data/{name}/test_group.yaml: groups of this format hold no groups")
            return folder
        where = f"data/{name}/{self._form.group_files[0]}"
        if self._strict and not self._files.has(where) and self._files.has(f"data/{name}/testdata.yaml"):
            raise PackageError(f"data/{name}/testdata.yaml: is of the older formats; 2025-09 has test_group.yaml")
        data = self._files.yaml(where, self._rules.constants)
        if not self._strict:
            data = drafted(data)
        count = len(inputs) + (self._deep_cases(name) if depth else 0)
        if self._strict and depth and not count and "static_validation_score" not in data:
            raise PackageError(f"data/{name}: holds no test case; a group needs one")
        self._groups[name] = new_group(
            name, data, count, scoring=self._rules.scoring, folders=bool(folders) and depth == 0
        )
        if (static := static_test(name, data, scoring=self._rules.scoring)) is not None:
            self._static.append(static)
        folder = replace(folder, group=name)
        return self._inherited(folder, data, where)

    def _deep_cases(self, name: str) -> int:
        below = (one for one in self._files.names(f"data/{name}") if not one.endswith(".files"))
        found = [one for folder in below if self._files.is_folder(f"data/{name}/{folder}")
                 for one in self._files.walk(f"data/{name}/{folder}")]  # fmt: skip
        return sum(one.endswith(".in") and ".files/" not in one for one in found)

    def _old(self, folder: _Folder, name: str) -> _Folder:
        paths = ["/".join(part for part in ("data", name, file) if part) for file in self._form.group_files]
        path = next((path for path in paths if self._files.has(path)), paths[0])
        data = self._files.yaml(path)
        old = folder.old.below(data if name else self._rules.grading | data, self._files.has(path))
        return self._inherited(replace(folder, old=old), data, path)

    def _inherited(self, folder: _Folder, data: dict[str, Any], where: str) -> _Folder:
        full = data.get("full_feedback", folder.full_feedback)
        if not isinstance(full, bool):
            raise PackageError(f"{where}: full_feedback must be true or false")
        args = text_list(data["args"], f"{where}: args") if "args" in data else folder.args
        flags = self._flags(data, where, folder.flags)
        return replace(folder, flags=flags, args=args, full_feedback=full)

    def _flags(self, data: dict[str, Any], where: str, inherited: tuple[str, ...] | None) -> tuple[str, ...] | None:
        key = next((key for key in self._form.flags_keys if key in data), None)
        if key is None:
            return inherited
        value = data[key]
        if self._form.nested_groups:
            if isinstance(value, dict):  # the validator's name, and its flags
                value = value.get("flags", "")
            own = words(value, f"{where}: {key}")
            return own if own[: len(self._rules.flags)] == self._rules.flags else (*self._rules.flags, *own)
        return text_list(value, f"{where}: {key}")

    def _case(self, folder: _Folder, base: str) -> None:
        stem = f"data/{folder.name}/{base}"
        where = f"{stem}.yaml"
        if not self._files.has(f"{stem}.ans"):
            raise PackageError(f"{stem}.ans: is missing; every NAME.in needs its NAME.ans")
        if len(self._cases) >= CASES_LIMIT:
            raise PackageError(f"data: holds more than {CASES_LIMIT} test cases")
        own = self._files.yaml(where)
        if (
            not self._form.nested_groups
            and self._strict
            and (unknown := set(own) - CASE_KEYS_2025_09 - {"hint", "description"})
        ):
            raise PackageError(f"{where}: unknown key {min(unknown)!r}")
        about = self._inherited(folder, own, where)
        hint = str(own.get("hint", ""))
        if self._files.has(f"{stem}.hint"):
            hint = self._files.text(f"{stem}.hint").strip()
        self._cases.append(
            TestCase(
                name=f"{folder.name}/{base}",
                group=folder.group,
                input=self._files.file(f"{stem}.in"),
                answer=self._files.file(f"{stem}.ans"),
                validator_flags=about.flags,
                args=about.args,
                files=tuple(self._laid_beside(stem)),
                full_feedback=about.full_feedback and folder.name.split("/")[0] != "sample",
                hint=hint[:1000],
            )
        )

    def _laid_beside(self, stem: str) -> Iterator[tuple[str, Any]]:
        for path in self._files.walk(f"{stem}.files"):
            yield path.removeprefix(f"{stem}.files/"), self._files.file(path)

    def _count_points(self) -> None:
        """The most points of each group, from the innermost outwards."""
        for name in sorted(self._groups, key=lambda name: -name.count("/") - bool(name)):
            below = [
                other
                for other in self._groups.values()
                if other.name and other.name.rpartition("/")[0] == name
                and (any(f"{case.group}/".startswith(f"{other.name}/") for case in self._cases))
            ]  # fmt: skip
            group = self._groups[name]
            if group.ignore_sample:
                below = [other for other in below if other.name == "secret"]
            cases = sum(case.group == name for case in self._cases)
            most = most_points(group, cases, below, own_validator=self._rules.own_validator)
            self._groups[name] = replace(group, score=most if self._rules.scoring else None)


def _refuse_orphans(path: str, names: list[str]) -> None:
    known = set(names)
    for name in names:
        if name.endswith(".ans") and f"{name.removesuffix('.ans')}.in" not in known:
            raise PackageError(f"{path}/{name}: has no .in beside it; remove it or add the input")
