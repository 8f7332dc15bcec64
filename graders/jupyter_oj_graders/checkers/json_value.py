"""The checker ``json``: the output is one JSON text with the answer's value.

White space, the order of an object's keys and the way a number or string is written do not matter: ``1``, ``1.0`` and
``1e0`` are the same number, compared exactly whatever its size; ``true`` is not 1. Flags:

- ``float_tolerance E``, ``float_absolute_tolerance E``, ``float_relative_tolerance E``: as in the default validator;
- ``unordered_arrays``: the order of elements does not matter either, how often each is there does. With a tolerance,
  both arrays are sorted and compared element by element: exact for numbers (up to a relative tolerance of 1); a
  problem whose answers hold elements that are composed and nearer to each other than the tolerance wants a validator
  of its own.

Strict (RFC 8259): UTF-8 without a byte order mark, no ``NaN``, no key twice, nothing after the value, at most `DEPTH`
levels. An output that is not, is wrong; an answer that is not, is the problem's fault.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from operator import itemgetter
from typing import Any

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_graders.checkers.numbers import NONE, Tolerance
from jupyter_oj_graders.checkers.result import RIGHT, SHOWN_BYTES, CheckResult, visible

DEPTH = 128
"""Levels of arrays and objects: far fewer than Python's parser and comparisons bear."""

_STRUCTURE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)
"""A string that is not closed reaches to the end, so that each byte is looked at once."""
_NUMBER = re.compile(r"(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?")
_QUICK_DIGITS = 18


class Number(str):
    """A number as it was written."""

    __slots__ = ()


Exact = tuple[bool, str, int | Decimal]
"""Sign, digits without zeros at either end, power of ten."""


class NotJSON(ValueError):
    """Why a text is not one JSON value, in words for its author."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The flags of one check."""

    tolerance: Tolerance = NONE
    unordered: bool = False


def parse_flags(flags: tuple[str, ...]) -> Rule:
    """Raises `JudgeError` for an unknown flag."""
    rule = Rule()
    rest = iter(flags)
    for flag in rest:
        if flag == "unordered_arrays":
            rule = replace(rule, unordered=True)
        elif (tolerance := rule.tolerance.given(flag, rest)) is not None:
            rule = replace(rule, tolerance=tolerance)
        else:
            raise JudgeError(f"output validator: unknown flag {flag!r}")
    return rule


def check(answer: bytes, output: bytes, flags: tuple[str, ...] = ()) -> CheckResult:
    rule = parse_flags(flags)
    try:
        wanted = parse(answer)
    except NotJSON as error:
        raise JudgeError(f"the answer is not JSON: {error}") from None
    try:
        if _values(output) > 2 * _values(answer) + 10_000:  # never build what may need all of the grader's memory
            return CheckResult(ok=False, message="The output has far more values than expected.")
        given = parse(output)
    except NotJSON as error:
        return CheckResult(ok=False, message=f"The output is not JSON: {error}.")
    wrong = difference(wanted, given, rule)
    return RIGHT if wrong is None else CheckResult(ok=False, message=wrong)


def parse(text: bytes) -> Any:
    """The value of a JSON text, its numbers as `Number`. Raises `NotJSON`."""
    _values(text)
    try:
        return json.loads(
            text.decode("utf-8"),
            parse_int=Number,
            parse_float=Number,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        raise NotJSON(f"byte {error.start + 1} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise NotJSON(f"line {error.lineno}, column {error.colno}: {error.msg}") from None


def _values(text: bytes) -> int:
    """How many values a text has at most. Raises `NotJSON` when it is nested too deeply to be read."""
    depth = values = 0
    for match in _STRUCTURE.finditer(text):
        match match[0]:
            case b"[" | b"{":
                depth += 1
                values += 1
                if depth > DEPTH:
                    raise NotJSON(f"more than {DEPTH} levels of arrays and objects")
            case b"]" | b"}":
                depth -= 1
            case b",":
                values += 1
    return values


def _constant(name: str) -> Any:
    raise NotJSON(f"{name} is no number of JSON's")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise NotJSON(f"the key {_shown(twice)} stands twice in one object")
    return result


def exact(number: Number) -> Exact:
    """The number's value in a form that is equal for equal values, and for no others."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise ValueError(f"no number of JSON's: {number!r}")
    sign, whole, fraction, power = match[1], match[2], match[3] or "", match[4] or "0"
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return (False, "", 0)
    stripped = digits.rstrip("0")
    return (bool(sign), stripped, _sum(power, len(digits) - len(stripped) - len(fraction)))


def _sum(written: str, shift: int) -> int | Decimal:
    """The whole number `written` plus `shift`. int() would take a time that is the square of a long one's length."""
    if len(written) <= _QUICK_DIGITS:
        return int(written) + shift
    exactly = Context(prec=len(written) + 1, Emax=MAX_EMAX, Emin=MIN_EMIN)
    return exactly.add(Decimal(written), shift)


def difference(wanted: Any, given: Any, rule: Rule) -> str | None:
    """The first place where two parsed values differ, in words; None where they are the same by `rule`."""
    if rule.unordered:
        wanted, given = _sorted(wanted)[1], _sorted(given)[1]
    return _difference(wanted, given, rule.tolerance, "")


def _difference(wanted: Any, given: Any, tolerance: Tolerance, path: str) -> str | None:
    if isinstance(wanted, dict) and isinstance(given, dict):
        if missing := wanted.keys() - given.keys():
            return f"{_at(path)}the key {_shown(min(missing))} is missing."
        if extra := given.keys() - wanted.keys():
            return f"{_at(path)}the key {_shown(min(extra))} is not expected."
        pairs = ((wanted[key], given[key], f"{path}.{key[:SHOWN_BYTES]}") for key in wanted)
    elif isinstance(wanted, list) and isinstance(given, list):
        if len(wanted) != len(given):
            return f"{_at(path)}expected {len(wanted)} elements, found {len(given)}."
        pairs = ((a, b, f"{path}[{i}]") for i, (a, b) in enumerate(zip(wanted, given, strict=True)))
    elif _same(wanted, given, tolerance):
        return None
    else:
        return f"{_at(path)}expected {_shown(wanted)}, found {_shown(given)}."
    return next((found for a, b, where in pairs if (found := _difference(a, b, tolerance, where)) is not None), None)


def _same(wanted: Any, given: Any, tolerance: Tolerance) -> bool:
    """Whether two values that are not both arrays or both objects are the same."""
    if type(wanted) is not type(given) or isinstance(wanted, dict | list):
        return False
    if not isinstance(wanted, Number):
        return bool(wanted == given)
    if wanted == given or exact(wanted) == exact(given):
        return True
    a, b = float(wanted), float(given)
    return bool(tolerance) and math.isfinite(a) and math.isfinite(b) and tolerance.near(a, b)


_RANKS: dict[type, int] = {type(None): 0, bool: 1, Number: 2, str: 3, list: 4, dict: 5}


def _sorted(value: Any) -> tuple[Any, Any]:
    """A key that orders values of all types and is equal exactly for equal ones, and the value with its arrays sorted
    by it. Made once from the leaves up, so that the work is that of sorting."""
    rank = _RANKS[type(value)]
    match value:
        case Number():
            return (rank, float(value), exact(value)), value
        case list():
            pairs = sorted(map(_sorted, value), key=itemgetter(0))
            return (rank, len(pairs), tuple(key for key, _ in pairs)), [element for _, element in pairs]
        case dict():
            named = {name: _sorted(value[name]) for name in sorted(value)}
            key = tuple((name, key) for name, (key, _) in named.items())
            return (rank, len(named), key), {name: element for name, (_, element) in named.items()}
        case None:
            return (rank,), value
        case _:
            return (rank, value), value


def _at(path: str) -> str:
    return f"At {_cut(path.removeprefix('.'))}: " if path else ""


def _shown(value: Any) -> str:
    match value:
        case Number():
            text = str(value)
        case dict():
            return "an object"
        case list():
            return "an array"
        case _:
            text = json.dumps(value if not isinstance(value, str) else value[:SHOWN_BYTES], ensure_ascii=False)
    return _cut(text)


def _cut(text: str) -> str:
    text = visible(text.encode("utf-8", "replace").decode())  # JSON may name half a character
    return text if len(text) <= SHOWN_BYTES else f"{text[:SHOWN_BYTES]}…"
