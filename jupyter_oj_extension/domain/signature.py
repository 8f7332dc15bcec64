"""The typed signature of a function problem: what the learner writes in place of a program.

Types are written ``int``, ``list[float]``, ``map[string, list[int]]``; `parse_type` reads them and ``str(type)`` writes
them. What a value of a type is as JSON stands in `values`, what it is in each language in `starters`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from jupyter_oj_extension.domain.errors import PackageError

MAX_NESTING = 8
MAX_PARAMETERS = 16
RESERVED_PREFIX = "oj"
"""Names of the harness begin with it, in any case of letters, so that no name of a signature may."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_TOKEN = re.compile(r"\s*([A-Za-z_]+|[\[\],])")


class Kind(StrEnum):
    """What a type is made of. `INT` has 32 bits, `LONG` 64, `FLOAT` is an IEEE double, `CHAR` one ASCII character,
    `GRAPH` an adjacency list: for each node, from 0, the numbers of its neighbours."""

    BOOL = "bool"
    INT = "int"
    LONG = "long"
    FLOAT = "float"
    STRING = "string"
    CHAR = "char"
    NULLABLE = "nullable"
    LIST = "list"
    MAP = "map"
    SET = "set"
    LINKED_LIST = "linked_list"
    TREE = "tree"
    GRAPH = "graph"


SCALARS = frozenset({Kind.BOOL, Kind.INT, Kind.LONG, Kind.FLOAT, Kind.STRING, Kind.CHAR})
_HELD: dict[Kind, tuple[frozenset[Kind], ...]] = {
    Kind.NULLABLE: (SCALARS | {Kind.LIST, Kind.MAP, Kind.SET, Kind.GRAPH},),
    Kind.LIST: (frozenset(Kind),),
    Kind.MAP: (frozenset({Kind.STRING, Kind.INT, Kind.LONG}), frozenset(Kind)),
    Kind.SET: (SCALARS - {Kind.FLOAT, Kind.BOOL},),
    Kind.LINKED_LIST: (SCALARS,),
    Kind.TREE: (SCALARS,),
}
"""What the types between the brackets may be. A list's or tree's end is its null already, so that those are not made
nullable; what a set holds can be hashed in every language."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type and the types it holds: of a map the keys' and the values'."""

    kind: Kind
    of: tuple[Type, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}[{', '.join(map(str, self.of))}]" if self.of else str(self.kind)

    @property
    def item(self) -> Type:
        """What a list, set, linked list, tree, nullable holds; a map's values; a graph's lists of neighbours."""
        return Type(Kind.LIST, (Type(Kind.INT),)) if self.kind is Kind.GRAPH else self.of[-1]

    @property
    def key(self) -> Type:
        """A map's keys."""
        return self.of[0]

    def kinds(self) -> frozenset[Kind]:
        """Every kind that occurs in it."""
        return frozenset({self.kind}).union(*(part.kinds() for part in self.of))


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Signature:
    """`result` is the type of what is compared: what the function returns, or, with `changes`, the argument of that
    index after the call (the function then returns nothing)."""

    name: str
    parameters: tuple[Parameter, ...]
    result: Type
    changes: int | None = None

    def kinds(self) -> frozenset[Kind]:
        return self.result.kinds().union(*(parameter.type.kinds() for parameter in self.parameters))


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a result is compared. A float is right when its absolute or its relative error is at most `tolerance`.

    `unordered`: lists are compared without regard to order: ``outer`` only the result itself, ``all`` every list in it
    too.
    """

    tolerance: float = 1e-9
    unordered: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """What makes a problem a function problem."""

    signature: Signature
    comparison: Comparison = field(default_factory=Comparison)


def parse_type(text: str) -> Type:
    """Read a type. Raises `PackageError` that quotes it and says what is wrong."""
    tokens, at = [], 0
    while match := _TOKEN.match(text, at):
        tokens.append(match[1])
        at = match.end()
    if text[at:].strip():
        raise PackageError(f"type {text!r}: {text[at:].strip()[:1]!r} has no place in a type")
    tokens.reverse()
    parsed = _parse(text, tokens, 1)
    if tokens:
        raise PackageError(f"type {text!r}: {tokens[-1]!r} comes after its end")
    return parsed


def _parse(text: str, tokens: list[str], depth: int) -> Type:
    if depth > MAX_NESTING:
        raise PackageError(f"type {text[:80]!r}: is nested more than {MAX_NESTING} deep")
    word = tokens.pop() if tokens else "nothing"
    if word == "matrix":
        return Type(Kind.LIST, (Type(Kind.LIST, _held(text, Kind.LIST, tokens, depth + 1)),))
    if word not in Kind.__members__.values():
        raise PackageError(f"type {text!r}: {word!r} is no type; there are {', '.join(Kind)} and matrix")
    kind = Kind(word)
    return Type(kind, _held(text, kind, tokens, depth)) if kind in _HELD else Type(kind)


def _held(text: str, kind: Kind, tokens: list[str], depth: int) -> tuple[Type, ...]:
    """What stands between the brackets of a type of this kind."""
    held = []
    for index, allowed in enumerate(_HELD[kind]):
        _expect(text, tokens, "," if index else "[")
        held.append(_parse(text, tokens, depth + 1))
        if held[-1].kind not in allowed:
            raise PackageError(
                f"type {text!r}: a {kind} cannot hold {held[-1]}{' as its key' * (len(_HELD[kind]) > index + 1)}"
            )
    _expect(text, tokens, "]")
    return tuple(held)


def _expect(text: str, tokens: list[str], mark: str) -> None:
    if not tokens or tokens.pop() != mark:
        raise PackageError(f"type {text!r}: a {mark!r} is missing")


def check_name(name: str, what: str) -> str:
    """`name`, if every language takes it as it is. Raises `PackageError`."""
    if not _NAME.fullmatch(name):
        raise PackageError(f"{what} {name[:60]!r}: must be 1 to 40 of letters, digits and _, a letter first")
    if name.lower().startswith(RESERVED_PREFIX):
        raise PackageError(f"{what} {name!r}: names beginning with {RESERVED_PREFIX!r} are the judge's own")
    return name
