"""Types, values, their crossing of the sandbox's border, and comparison: everything that needs no sandbox."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.signature import Comparison, Kind, Parameter, Signature, Type, parse_type
from jupyter_oj_extension.domain.values import ValueMismatch, arguments, dump, load_json, typed
from jupyter_oj_graders.functions import base, python
from jupyter_oj_graders.functions.compare import compare
from jupyter_oj_graders.functions.wire import InvalidReply, decode, decode_reply, encode, encode_arguments

SCALARS = [Type(kind) for kind in (Kind.BOOL, Kind.INT, Kind.LONG, Kind.FLOAT, Kind.STRING, Kind.CHAR)]
KEYS = [Type(kind) for kind in (Kind.STRING, Kind.INT, Kind.LONG)]
HASHED = [Type(kind) for kind in (Kind.INT, Kind.LONG, Kind.STRING, Kind.CHAR)]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def types() -> st.SearchStrategy[Type]:
    leaves = st.sampled_from([*SCALARS, Type(Kind.GRAPH)]) | st.builds(
        lambda kind, item: Type(kind, (item,)), st.sampled_from([Kind.LINKED_LIST, Kind.TREE]), st.sampled_from(SCALARS)
    )
    leaves |= st.builds(lambda item: Type(Kind.SET, (item,)), st.sampled_from(HASHED))

    def held(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
        nullable = inner.filter(lambda t: t.kind not in (Kind.NULLABLE, Kind.TREE, Kind.LINKED_LIST))
        return (
            inner.map(lambda t: Type(Kind.LIST, (t,)))
            | nullable.map(lambda t: Type(Kind.NULLABLE, (t,)))
            | st.builds(lambda key, item: Type(Kind.MAP, (key, item)), st.sampled_from(KEYS), inner)
        )

    return st.recursive(leaves, held, max_leaves=4)


def values(type: Type) -> st.SearchStrategy[Any]:
    match type.kind:
        case Kind.BOOL:
            return st.booleans()
        case Kind.INT:
            return st.integers(-(1 << 31), (1 << 31) - 1)
        case Kind.LONG:
            return st.integers(-(1 << 63), (1 << 63) - 1)
        case Kind.FLOAT:
            return st.floats()
        case Kind.STRING:
            return TEXT
        case Kind.CHAR:
            return st.characters(max_codepoint=127)
        case Kind.NULLABLE:
            return st.none() | values(type.item)
        case Kind.LIST | Kind.LINKED_LIST:
            return st.lists(values(type.item), max_size=4)
        case Kind.SET:
            return st.lists(values(type.item), max_size=4, unique=True)
        case Kind.MAP:
            return st.dictionaries(values(type.key), values(type.item), max_size=3)
        case Kind.TREE:
            return trees(type.item)
    return st.integers(0, 4).flatmap(lambda n: st.lists(st.lists(st.integers(0, max(n - 1, 0)), max_size=3 if n else 0), min_size=n, max_size=n))  # fmt: skip  # noqa: E501


@st.composite
def trees(draw: st.DrawFn, item: Type) -> list[Any]:
    nodes: list[Any] = []
    places = draw(st.integers(0, 1))
    while places and len(nodes) < 12:
        there = draw(st.booleans())
        nodes.append(draw(values(item)) if there else None)
        places += 1 if there else -1
    while nodes and nodes[-1] is None:
        nodes.pop()
    return nodes


TYPED = types().flatmap(lambda type: st.tuples(st.just(type), values(type)))


def equal(type: Type, one: Any, other: Any) -> bool:
    return compare(type, Comparison(tolerance=0), one, other).ok


@given(types())
def test_a_type_is_read_as_it_is_written(type: Type) -> None:
    assert parse_type(str(type)) == type


@given(TYPED)
def test_values_survive_json_and_the_wire(pair: tuple[Type, Any]) -> None:
    type, value = pair
    assert equal(type, typed(type, load_json(dump(value))), value)
    assert equal(type, decode(type, encode(type, value)), value)
    assert equal(type, decode_reply(type, b"\1" + encode(type, value)), value)


@given(TYPED, st.data())
def test_a_reply_with_a_byte_changed_cut_or_added_is_a_value_or_refused(
    pair: tuple[Type, Any], data: st.DataObject
) -> None:
    type, value = pair
    raw = bytearray(b"\1" + encode(type, value))
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    for reply in (bytes(raw), bytes(raw[:-1]), bytes(raw) + b"\0"):
        try:
            found = decode_reply(type, reply)
        except InvalidReply:
            continue
        assert equal(type, typed(type, load_json(dump(found))), found)


@given(st.binary(max_size=40), types())
def test_any_bytes_are_a_value_or_refused(raw: bytes, type: Type) -> None:
    try:
        decode_reply(type, raw)
    except InvalidReply:
        pass


@given(st.lists(TYPED, min_size=1, max_size=6), st.integers(0, 5))
def test_pythons_harness_reads_and_writes_every_type(pairs: list[tuple[Type, Any]], which: int) -> None:
    """The runtime itself, in this process: what it reads it writes again as it came."""
    names: dict[str, Any] = {}
    exec(compile(base.runtime("oj_harness.py"), "oj_harness.py", "exec"), names)  # noqa: S102 - ours
    parameters = [Parameter(f"p{index}", type) for index, (type, _) in enumerate(pairs)]
    reader = names["Reader"](encode_arguments(parameters, [value for _, value in pairs]), {})
    read = [reader.read(python.spec(parameter.type)) for parameter in parameters]
    type, value = pairs[which % len(pairs)]
    writer = names["Writer"]()
    writer.write(python.spec(type), read[which % len(pairs)])
    assert equal(type, decode(type, bytes(writer.out)), value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no type"),
        ("integer", "'integer' is no type"),
        ("list", "'[' is missing"),
        ("list[int", "']' is missing"),
        ("list[int]]", "comes after its end"),
        ("list<int>", "has no place"),
        ("map[int]", "',' is missing"),
        ("map[float, int]", "cannot hold float as its key"),
        ("set[list[int]]", "cannot hold"),
        ("nullable[tree[int]]", "cannot hold"),
        ("tree[list[int]]", "cannot hold"),
        ("list[" * 9 + "int" + "]" * 9, "nested"),
    ],
)
def test_a_type_that_is_none_is_refused(text: str, says: str) -> None:
    with pytest.raises(PackageError, match=says.replace("[", r"\[")):
        parse_type(text)


def test_matrix_is_a_list_of_lists() -> None:
    assert parse_type("matrix[int]") == parse_type(" list [list[ int ] ]")


@pytest.mark.parametrize(
    ("type", "text"),
    [
        ("int", "1.0"),
        ("int", "true"),
        ("int", "2147483648"),
        ("long", "9223372036854775808"),
        ("bool", "0"),
        ("float", '"1"'),
        ("float", "NaN"),
        ("char", '"ab"'),
        ("char", '"é"'),
        ("string", '"\\ud800"'),
        ("set[int]", "[1, 1]"),
        ("map[int, int]", '{"01": 1}'),
        ("map[string, int]", '{"a": 1, "a": 2}'),
        ("tree[int]", "[null, 1]"),
        ("tree[int]", "[1, null, null, 2]"),
        ("graph", "[[1]]"),
        ("list[int]", "[1, [2]]"),
        ("list[int]", "[" * 100_000),
        ("long", "9" * 5000),
        ("nullable[int]", "[]"),
    ],
)
def test_json_of_another_type_is_refused(type: str, text: str) -> None:
    with pytest.raises(ValueMismatch):
        typed(parse_type(type), load_json(text))


def test_json_of_the_type_is_read() -> None:
    for type, text, value in [
        ("long", "9007199254740993", 9007199254740993),
        ("float", "1", 1.0),
        ("float", '"-Infinity"', -math.inf),
        ("tree[int]", "[1, null, 2, null, null]", [1, None, 2]),
        ("map[int, bool]", '{"-3": true}', {-3: True}),
        ("nullable[list[int]]", "null", None),
    ]:
        assert typed(parse_type(type), load_json(text)) == value


def test_arguments_come_in_order_or_by_name() -> None:
    parameters = [Parameter("a", parse_type("int")), Parameter("b", parse_type("string"))]
    assert arguments(parameters, [1, "x"]) == arguments(parameters, {"b": "x", "a": 1}) == [1, "x"]
    for wrong in ([1], {"a": 1}, {"a": 1, "b": "x", "c": 0}, 1, [1, 2]):
        with pytest.raises(ValueMismatch):
            arguments(parameters, wrong)


@pytest.mark.parametrize(
    ("type", "how", "expected", "got", "ok"),
    [
        ("float", {}, "1.0", "1.0000000001", True),
        ("float", {}, "1.0", "1.00001", False),
        ("float", {"tolerance": 1e-3}, "1000.0", "1000.9", True),
        ("float", {"tolerance": 1e-3}, "0.0", "0.0009", True),
        ("float", {}, '"NaN"', '"NaN"', True),
        ("float", {}, '"NaN"', "0.0", False),
        ("float", {"tolerance": 0.5}, "1.0", '"NaN"', False),
        ("float", {"tolerance": 0.5}, '"Infinity"', '"-Infinity"', False),
        ("float", {"tolerance": 0.5}, "1.0", '"Infinity"', False),
        ("list[int]", {}, "[1, 2]", "[2, 1]", False),
        ("list[int]", {"unordered": "outer"}, "[1, 2, 2]", "[2, 1, 2]", True),
        ("list[int]", {"unordered": "outer"}, "[1, 2, 2]", "[2, 1, 1]", False),
        ("list[list[int]]", {"unordered": "outer"}, "[[1, 2], [3]]", "[[3], [1, 2]]", True),
        ("list[list[int]]", {"unordered": "outer"}, "[[1, 2], [3]]", "[[3], [2, 1]]", False),
        ("list[list[int]]", {"unordered": "all"}, "[[1, 2], [3]]", "[[3], [2, 1]]", True),
        ("list[float]", {"unordered": "outer"}, "[1.0, 2.0]", "[2.0000000001, 1.0]", True),
        ("list[nullable[int]]", {"unordered": "outer"}, "[null, 1]", "[1, null]", True),
        ("set[int]", {}, "[1, 2]", "[2, 1]", True),
        ("set[int]", {}, "[1, 2]", "[1]", False),
        ("map[string, float]", {}, '{"a": 1, "b": 2}', '{"b": 2.0000000001, "a": 1}', True),
        ("map[string, int]", {}, '{"a": 1}', '{"b": 1}', False),
        ("tree[float]", {}, "[1, null, 2]", "[1, null, 2.0000000001]", True),
        ("tree[int]", {}, "[1, null, 2]", "[1, 2]", False),
        ("linked_list[int]", {}, "[1, 2]", "[1, 2]", True),
        ("graph", {"unordered": "all"}, "[[1, 2], [0], [0]]", "[[2, 1], [0], [0]]", True),
        ("nullable[int]", {}, "null", "0", False),
    ],
)
def test_comparison(type: str, how: dict[str, Any], expected: str, got: str, ok: bool) -> None:
    of = parse_type(type)
    result = compare(of, Comparison(**how), typed(of, load_json(expected)), typed(of, load_json(got)))
    assert result.ok is ok
    assert (result.message is None) is ok


def test_a_difference_is_named_with_its_place() -> None:
    of = parse_type("map[string, list[int]]")
    result = compare(of, Comparison(), {"a": [1, 2]}, {"a": [1, 3]})
    assert result.message == 'At ["a"][1]: expected 2, got 3.'
    assert compare(of, Comparison(), {"a": []}, {}).message == 'The key "a" is missing.'


def test_harnesses_lean_on_nothing_but_python_itself(tmp_path: Path) -> None:
    """The runtime runs as it lies in the box, in an isolated interpreter."""
    made = python.harness(Signature("f", (), parse_type("int")), "def f():\n    return 1\n", "solution.py")
    for file in made.files:
        (tmp_path / file.name).write_bytes(file.content.replace(b"/scratch", str(tmp_path).encode()))
    subprocess.run([sys.executable, "-S", str(tmp_path / "solution.py")], check=True, stdin=subprocess.DEVNULL)
    assert json.loads(dump(decode_reply(parse_type("int"), (tmp_path / base.REPLY).read_bytes()))) == 1
