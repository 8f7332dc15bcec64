"""Whether a result is the expected one. Both are Python values of the result's type (see `domain.values`); pure."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from jupyter_oj_extension.domain.signature import Comparison, Kind, Type
from jupyter_oj_extension.domain.values import dump
from jupyter_oj_graders.checkers.result import RIGHT, CheckResult

SHOWN_CHARS = 60

Same = Callable[[Any, Any], str | None]


def compare(type: Type, comparison: Comparison, expected: Any, given: Any) -> CheckResult:
    """Right, or the first difference and its place. The message quotes `expected`."""
    difference = _difference(type, comparison, expected, given, "", outer=True)
    return RIGHT if difference is None else CheckResult(ok=False, message=difference)


def same_float(tolerance: float, expected: float, given: float) -> bool:
    """NaN is NaN, an infinity itself; else the absolute or the relative error must be at most `tolerance`."""
    if expected == given or (math.isnan(expected) and math.isnan(given)):
        return True
    if not (math.isfinite(expected) and math.isfinite(given)):
        return False
    return abs(expected - given) <= max(tolerance, tolerance * abs(expected))


def _difference(
    type: Type, how: Comparison, expected: Any, given: Any, where: str, *, outer: bool = False
) -> str | None:
    """None, or one line."""
    match type.kind:
        case Kind.FLOAT:
            return None if same_float(how.tolerance, expected, given) else _differ(where, expected, given)
        case Kind.TREE:
            nodes = Type(Kind.NULLABLE, (type.item,))
            return _list(nodes, how, expected, given, where, ordered=True)
        case Kind.NULLABLE:
            if expected is None or given is None:
                return None if expected is given else _differ(where, expected, given)
            return _difference(type.item, how, expected, given, where)
        case Kind.LIST | Kind.GRAPH if how.unordered == "all" or (how.unordered == "outer" and outer):
            return _list(type.item, how, _sorted(type, how, expected), _sorted(type, how, given), where, ordered=False)
        case Kind.LIST | Kind.LINKED_LIST | Kind.GRAPH:
            return _list(type.item, how, expected, given, where, ordered=True)
        case Kind.SET:
            return None if set(expected) == set(given) else _set(expected, given, where)
        case Kind.MAP:
            return _map(type, how, expected, given, where)
    return None if expected == given else _differ(where, expected, given)


def _differ(where: str, expected: Any, given: Any) -> str:
    place = f"At {where}: expected" if where else "Expected"
    return f"{place} {_shown(expected)}, got {_shown(given)}."


def _list(
    item: Type, how: Comparison, expected: list[Any], given: list[Any], where: str, *, ordered: bool
) -> str | None:
    if len(expected) != len(given):
        return f"{f'At {where}: expected' if where else 'Expected'} {len(expected)} elements, got {len(given)}."
    for index, (wanted, got) in enumerate(zip(expected, given, strict=True)):
        difference = _difference(item, how, wanted, got, f"{where}[{index}]")
        if difference is not None:
            return difference if ordered else _differ(where, wanted, got)
    return None


def _map(type: Type, how: Comparison, expected: dict[Any, Any], given: dict[Any, Any], where: str) -> str | None:
    if expected.keys() != given.keys():
        return _set(list(expected), list(given), where, "key")
    for key, wanted in expected.items():
        difference = _difference(type.item, how, wanted, given[key], f"{where}[{dump(key)}]")
        if difference is not None:
            return difference
    return None


def _set(expected: list[Any], given: list[Any], where: str, what: str = "element") -> str:
    place = f"At {where}: the" if where else "The"
    wanted, got = set(expected), set(given)
    for item in expected:
        if item not in got:
            return f"{place} {what} {_shown(item)} is missing."
    return f"{place} {what} {_shown(next(item for item in given if item not in wanted))} is one too many."


def _sorted(type: Type, how: Comparison, items: list[Any]) -> list[Any]:
    """In an order that depends on the values alone; floats that are nearly the same mostly get the same place."""
    return sorted(items, key=lambda item: _rank(type.item, how, item))


def _rank(type: Type, how: Comparison, value: Any) -> Any:
    """A key to sort values of one type by."""
    match type.kind:
        case Kind.FLOAT:
            return (1, 0.0) if math.isnan(value) else (0, value)
        case Kind.NULLABLE:
            return (0,) if value is None else (1, _rank(type.item, how, value))
        case Kind.LIST | Kind.GRAPH | Kind.LINKED_LIST:
            ranks = [_rank(type.item, how, item) for item in value]
            return sorted(ranks) if how.unordered == "all" and type.kind is not Kind.LINKED_LIST else ranks
        case Kind.SET:
            return sorted(value)
        case Kind.MAP:
            return sorted((key, _rank(type.item, how, held)) for key, held in value.items())
        case Kind.TREE:
            return [(0,) if node is None else (1, _rank(type.item, how, node)) for node in value]
    return value


def _shown(value: Any) -> str:
    text = dump(value)
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"
