"""How a folder of ``data`` is folded into a verdict and a score: ``test_group.yaml`` of 2025-09, ``testdata.yaml`` of
the older formats, both as `TestGroup`.

Where the older formats leave room, their users have filled it in two ways; a group is read so that both come out right:

- ``accept_score`` is Kattis's score of each accepted test, which the grader adds up (``sum`` unless told), and
  DOMjudge's score of the whole group. It is the group's when its own file gives it, names no way of adding up beside
  it, and gives no ``range`` that has room for more than one of it.
- Samples hold points only where ``data/sample/testdata.yaml`` gives some (2025-09: never).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import StaticTest, TestGroup
from jupyter_oj_extension.packages.files import number, shown, text_list, words

_AGGREGATE: dict[str, Callable[[list[float]], float]] = {
    "sum": math.fsum, "min": min, "max": max, "avg": statistics.fmean,
}  # fmt: skip
MODES = tuple(_AGGREGATE)
VERDICT_MODES = ("first_error", "worst_error", "always_accept", "no_errors")
FLAGS = frozenset({*MODES, *VERDICT_MODES, "ignore_sample", "accept_if_any_accepted"})

CASE_KEYS_2025_09 = frozenset(
    "args input_validator_args output_validator_args input_visualizer_args output_visualizer_args full_feedback".split()
)
GROUP_KEYS_2025_09 = CASE_KEYS_2025_09 | {
    "max_score", "score_aggregation", "static_validation_score", "require_pass", "static_validator_args",
}  # fmt: skip
SCORING_KEYS = frozenset({"max_score", "score_aggregation", "require_pass"})


@dataclass(frozen=True, slots=True)
class Old:
    """Settings of a folder in an older format: its file's over those inherited from the folder above."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    """The keys that its own file has; empty without a file."""
    has_file: bool = False

    def below(self, own: dict[str, Any], has_file: bool) -> Old:
        return Old({**self.settings, **own}, frozenset(own), has_file)


def old_group(name: str, folder: Old, cases: int, *, scoring: bool, folders: bool) -> TestGroup:
    """The group of folder `name` (below ``data``) with `cases` tests directly in it. `score` is filled in by
    `most_points` once all groups are known. Raises `PackageError`."""
    where = f"data/{name}/testdata.yaml".replace("//", "/")
    settings = folder.settings
    given = _flags(settings, where) if not folder.has_file or "grader_flags" in folder.own else ()
    custom = _custom(settings, folder, where)
    flags = () if custom else _known(given, where)
    mode = next((flag for flag in reversed(flags) if flag in MODES), None)
    verdict_mode = next((flag for flag in reversed(flags) if flag in VERDICT_MODES), "worst_error")
    on_reject = _on_reject(settings, where)
    group = TestGroup(
        name,
        aggregation=mode or "sum",
        on_reject=on_reject,
        verdict_mode="worst_error" if verdict_mode == "no_errors" else verdict_mode,
        accept_if_any="accept_if_any_accepted" in flags,
        ignore_sample="ignore_sample" in flags and not name,
        counts=name.split("/")[0] != "sample" or bool(folder.own & {"accept_score", "range", "grading", "scoring"}),
    )
    if custom:
        group = replace(group, aggregation="custom", grader=given)
    if not scoring:
        return group if custom else replace(group, aggregation="pass-fail")
    ranged = "range" in folder.own or (name == "secret" and "range" in settings)  # samples add nothing to it
    low, high = _range(settings["range"], where) if ranged else (-inf, inf)
    accept = number(settings.get("accept_score", 1.0), f"{where}: accept_score")
    group = replace(
        group,
        low=low,
        high=high,
        case_score=_not_negative(accept, f"{where}: accept_score"),
        reject_score=number(settings.get("reject_score", 0.0), f"{where}: reject_score"),
    )
    if custom:
        return group
    whole = "accept_score" in folder.own and mode is None and cases > 0 and not folders
    if whole and not (cases > 1 and accept * cases <= high < inf):
        return replace(group, aggregation="pass-fail", score=accept)
    return _drafted(group, settings.get("scoring", settings.get("grading")), where)


def new_group(name: str, data: dict[str, Any], cases: int, *, scoring: bool, folders: bool) -> TestGroup:
    """The group of ``sample``, ``secret`` or a folder in it in 2025-09. Raises `PackageError`."""
    where = f"data/{name}/test_group.yaml"
    if unknown := set(data) - GROUP_KEYS_2025_09:
        raise PackageError(f"{where}: unknown key {min(unknown)!r}")
    if (given := set(data) & SCORING_KEYS) and (name == "sample" or not scoring):
        why = "of a pass-fail problem" if not scoring else "in sample"
        raise PackageError(f"{where}: {min(given)} is not permitted {why}")
    if not scoring:
        return TestGroup(name)
    if name == "sample":
        return TestGroup(name, on_reject="continue", counts=False)
    secret = name == "secret"
    aggregation = data.get("score_aggregation", "sum" if secret else "pass-fail")
    if aggregation not in ("pass-fail", "sum", "min"):
        raise PackageError(f"{where}: score_aggregation {shown(aggregation)} is not known; use pass-fail, sum or min")
    score = _max_score(data.get("max_score", 100 if secret else "unbounded"), where)
    if aggregation == "pass-fail" and score is None:
        raise PackageError(f"{where}: a group with pass-fail aggregation needs a max_score")
    static = static_test(name, data, scoring=True)
    taken = static.score or 0.0 if static is not None else 0.0
    if score is not None and taken > score:
        raise PackageError(f"{where}: static_validation_score is above the group's max_score")
    return TestGroup(
        name,
        score=score,
        aggregation=aggregation,
        # One failing test settles a minimum; a group that lost some of its points does not.
        on_reject="continue" if aggregation == "sum" or (aggregation == "min" and folders) else "break",
        case_score=(score - taken) / max(cases, 1) if score is not None and aggregation == "sum" else score,
        strict=True,
        require_pass=text_list(data.get("require_pass"), f"{where}: require_pass"),
    )


def drafted(data: dict[str, Any]) -> dict[str, Any]:
    """A group's file without keys that are not known; ``scoring`` is where 2023-07-draft had the points."""
    scoring = data.get("scoring")
    names = {"score": "max_score", "aggregation": "score_aggregation", "require_pass": "require_pass"}
    old = {names[key]: value for key, value in scoring.items() if key in names} if isinstance(scoring, dict) else {}
    return {key: value for key, value in (old | data).items() if key in GROUP_KEYS_2025_09}


def static_test(name: str, data: dict[str, Any], *, scoring: bool) -> StaticTest | None:
    """The test that a group's file asks the static validator for. Raises `PackageError`."""
    where = f"data/{name}/test_group.yaml"
    if "static_validation_score" not in data:
        if "static_validator_args" in data:
            raise PackageError(f"{where}: static_validator_args without static_validation_score")
        return None
    value = data["static_validation_score"]
    default = "sum" if name == "secret" else "pass-fail"
    points = scoring and name != "sample" and data.get("score_aggregation", default) != "pass-fail"
    if (value == "pass-fail") == points:
        wanted = "a number of points, as the group is not pass-fail" if points else "pass-fail, as the group is"
        raise PackageError(f"{where}: static_validation_score must be {wanted}")
    return StaticTest(
        name=f"{name}/static_validator",
        group=name,
        args=text_list(data.get("static_validator_args"), f"{where}: static_validator_args"),
        score=_points(value, f"{where}: static_validation_score") if points else None,
    )


def check_new(groups: Mapping[str, TestGroup]) -> None:
    """The rules between groups of a scored problem in 2025-09 ("Scoring problems", "Group dependencies")."""
    secret = groups["secret"]
    for name, group in groups.items():
        where = f"data/{name}/test_group.yaml"
        for required in group.require_pass:
            other = groups.get(required)
            if other is None or required == "secret" or (required != "sample" and required >= name):
                raise PackageError(f"{where}: require_pass: {required} is no group before it")
            if other.aggregation != "pass-fail" or (name == "secret" and required != "sample"):
                raise PackageError(f"{where}: require_pass: {required} cannot be required; it must be pass-fail")
        if name.startswith("secret/"):
            if group.score is None and secret.score is not None:
                raise PackageError(f"{where}: max_score is missing, as secret has a highest score")
            if secret.aggregation == "pass-fail" and group.aggregation != "pass-fail":
                raise PackageError(f"{where}: must be pass-fail, as secret is")


def most_points(group: TestGroup, cases: int, below: list[TestGroup], *, own_validator: bool) -> float | None:
    """The most points of a group of an older format; None where a validator may give any number of them."""
    if group.aggregation == "pass-fail":
        return group.score
    if group.grader is not None:
        return group.high if group.high < inf else None
    unknown = own_validator and group.case_score == 1.0
    scores: list[float | None] = [None if unknown else group.case_score] * cases
    scores += [other.score for other in below if other.counts]
    if None in scores or not scores:
        best = None if scores else 0.0
    else:
        known = [score for score in scores if score is not None]
        best = _AGGREGATE[group.aggregation](known)
    if best is None:
        return group.high if group.high < inf else None
    return round(min(best, group.high), 9)


def _flags(settings: Mapping[str, Any], where: str) -> tuple[str, ...]:
    return words(settings.get("grader_flags"), f"{where}: grader_flags")


def _custom(settings: Mapping[str, Any], folder: Old, where: str) -> bool:
    """Whether the problem's own grader grades the group: the group's file says it, or, without one, that of the nearest
    group above."""
    grading = settings.get("grading", "default")
    if not isinstance(grading, dict) and grading not in ("default", "custom"):
        raise PackageError(f"{where}: grading must be default or custom, not {shown(grading)}")
    return grading == "custom" and (not folder.has_file or "grading" in folder.own)


def _known(flags: tuple[str, ...], where: str) -> tuple[str, ...]:
    if unknown := set(flags) - FLAGS:
        raise PackageError(
            f"{where}: grader_flags: {min(unknown)!r} is not known; there are {', '.join(sorted(FLAGS))}"
        )
    return flags


def _drafted(group: TestGroup, grading: Any, where: str) -> TestGroup:
    """``grading`` or ``scoring`` as a map, which a while was what 2023-07-draft had in place of the flags."""
    if not isinstance(grading, dict):
        return group
    top = group.name in ("", "secret")
    aggregation = str(grading.get("score_aggregation", grading.get("aggregation", "sum" if top else "min")))
    if aggregation not in ("sum", "min"):
        raise PackageError(f"{where}: grading.score_aggregation {shown(aggregation)} is not known; use sum or min")
    verdict = str(grading.get("verdict_aggregation", "accept_if_any_accepted" if top else "first_error"))
    score = number(grading.get("score", 0.0 if group.name == "sample" else 1.0), f"{where}: grading.score")
    high = number(grading["max_score"], f"{where}: grading.max_score") if "max_score" in grading else inf
    return replace(
        group, aggregation=aggregation, case_score=score, high=high, verdict_mode="first_error",
        accept_if_any=verdict == "accept_if_any_accepted",
        on_reject="continue" if verdict == "accept_if_any_accepted" else "break",
    )  # fmt: skip


def _on_reject(settings: Mapping[str, Any], where: str) -> str:
    value = settings.get("on_reject", "break")
    if value not in ("break", "continue", "first_error", "worst_error", "grade"):
        raise PackageError(f"{where}: on_reject must be break or continue, not {shown(value)}")
    return "break" if value in ("break", "first_error") else "continue"


def _range(value: Any, where: str) -> tuple[float, float]:
    try:
        low, high = (float(part) for part in (value.split() if isinstance(value, str) else value))
    except (TypeError, ValueError, OverflowError, AttributeError):
        raise PackageError(f"{where}: range must be two numbers, not {shown(value)}") from None
    if not low <= high or low == inf or high == -inf:
        raise PackageError(f"{where}: range {shown(value)} holds no number")
    return low, high


def _max_score(value: Any, where: str) -> float | None:
    if value == "unbounded":
        return None
    return _points(value, f"{where}: max_score")


def _points(value: Any, where: str) -> float:
    return _not_negative(number(value, where), where)


def _not_negative(score: float, where: str) -> float:
    if score < 0:
        raise PackageError(f"{where} must not be below 0")
    return score
