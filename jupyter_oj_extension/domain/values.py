"""Values of a `Type`, as JSON and as Python values.

| type | JSON | Python |
|---|---|---|
| bool, string | as they are | bool, str |
| int, long | an integer of any size that fits, written out; never ``1.0`` | int |
| float | a number, or ``"NaN"``, ``"Infinity"``, ``"-Infinity"`` | float |
| char | a string of one ASCII character | str |
| nullable | null or the value | None or the value |
| list, linked list, graph | an array | list |
| set | an array without duplicates | list |
| map | an object; keys of int and long are written as strings | dict with typed keys |
| tree | level by level, null for a child that is missing, those at the end left out | list of values and None |

Nothing here trusts its input: JSON is read with its depth, duplicate keys and sizes checked.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from jupyter_oj_extension.domain.signature import Kind, Parameter, Type

RANGE = {Kind.INT: (-(1 << 31), (1 << 31) - 1), Kind.LONG: (-(1 << 63), (1 << 63) - 1)}
_NOT_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_DIGITS = 400
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,18}")


class ValueMismatch(ValueError):
    """A value is not of its type. ``str`` says where and why in one line."""


def load_json(text: str) -> Any:
    """Any JSON value. `ValueMismatch` for what is not strict JSON: duplicate keys, bare NaN, nested too deep."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_integer)
    except RecursionError:
        raise ValueMismatch("the JSON is nested too deep") from None
    except json.JSONDecodeError as error:
        raise ValueMismatch(f"not JSON: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueMismatch("an object has a key twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueMismatch(f'{name} is not JSON; write "{name}" as a string where a float is asked')


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ValueMismatch(f"a number of {len(digits)} digits")
    return int(digits)


def arguments(parameters: Sequence[Parameter], given: Any) -> list[Any]:
    """The arguments of one call, from a JSON array in order or an object by parameter name."""
    names = [parameter.name for parameter in parameters]
    if isinstance(given, dict):
        if set(given) != set(names):
            raise ValueMismatch(f"the arguments must be exactly {', '.join(names) or 'none'}")
        given = [given[name] for name in names]
    if not isinstance(given, list) or len(given) != len(names):
        raise ValueMismatch(f"must be an array of {len(names)} arguments ({', '.join(names)}), or an object by name")
    return [typed(parameter.type, value, parameter.name) for parameter, value in zip(parameters, given, strict=True)]


def typed(type: Type, value: Any, where: str = "value") -> Any:
    """The Python value of a JSON value. Raises `ValueMismatch` naming the place in it."""
    match type.kind:
        case Kind.BOOL if isinstance(value, bool):
            return value
        case Kind.INT | Kind.LONG if isinstance(value, int) and not isinstance(value, bool):
            least, most = RANGE[type.kind]
            if least <= value <= most:
                return value
            raise ValueMismatch(f"{where}: {value} does not fit into {type.kind}")
        case Kind.FLOAT:
            return _float(value, where)
        case Kind.STRING if isinstance(value, str):
            return _text(value, where)
        case Kind.CHAR if isinstance(value, str) and len(value) == 1 and value.isascii():
            return value
        case Kind.NULLABLE:
            return None if value is None else typed(type.item, value, where)
        case Kind.LIST | Kind.LINKED_LIST if isinstance(value, list):
            return [typed(type.item, item, f"{where}[{index}]") for index, item in enumerate(value)]
        case Kind.SET if isinstance(value, list):
            items = [typed(type.item, item, f"{where}[{index}]") for index, item in enumerate(value)]
            if len(set(items)) != len(items):
                raise ValueMismatch(f"{where}: a set holds nothing twice")
            return items
        case Kind.MAP if isinstance(value, dict):
            return {
                _key(type.key, key, where): typed(type.item, held, f"{where}[{key!r}]") for key, held in value.items()
            }
        case Kind.TREE if isinstance(value, list):
            nodes = [None if node is None else typed(type.item, node, f"{where}[{i}]") for i, node in enumerate(value)]
            return level_order(nodes, where)
        case Kind.GRAPH if isinstance(value, list):
            return graph([typed(type.item, item, f"{where}[{index}]") for index, item in enumerate(value)], where)
    raise ValueMismatch(f"{where}: must be {type}, not {_shown(value)}")


def level_order(nodes: list[Any], where: str) -> list[Any]:
    """A tree's nodes level by level without the nulls at the end; every entry must have a parent that is there."""
    while nodes and nodes[-1] is None:
        nodes.pop()
    places = 1
    for node in nodes:
        if not places:
            raise ValueMismatch(f"{where}: a node of the tree has no parent")
        places += 1 if node is not None else -1
    return nodes


def graph(neighbours: list[list[int]], where: str) -> list[list[int]]:
    """An adjacency list, checked: it names only nodes that there are."""
    for node, named in enumerate(neighbours):
        if any(not 0 <= other < len(neighbours) for other in named):
            raise ValueMismatch(f"{where}: node {node} has a neighbour that is not there")
    return neighbours


def _float(value: Any, where: str) -> float:
    if isinstance(value, str) and value in _NOT_FINITE:
        return _NOT_FINITE[value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            return math.inf if value > 0 else -math.inf
    raise ValueMismatch(f"{where}: must be float, not {_shown(value)}")


def _text(value: str, where: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueMismatch(f"{where}: the string holds half a character") from None
    return value


def _key(type: Type, key: str, where: str) -> str | int:
    if type.kind is Kind.STRING:
        return _text(key, where)
    if not _INTEGER.fullmatch(key):
        raise ValueMismatch(f"{where}: the key {_shown(key)} must be {type}")
    return int(typed(type, int(key), f"{where}: the key"))


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def dump(value: Any) -> str:
    """A Python value as the JSON that `typed` reads. Of a map the keys keep their order."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, float):
        return _dump_float(value)
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{json.dumps(str(key), ensure_ascii=False)}: {dump(v)}" for key, v in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join([dump(item) for item in value]) + "]"
    return json.dumps(value, ensure_ascii=False)


def _dump_float(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return '"NaN"' if math.isnan(value) else '"Infinity"' if value > 0 else '"-Infinity"'
