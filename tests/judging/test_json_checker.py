"""The JSON checker against plain readings of its rule: Python's own values, permutations, and what may not crash it."""

from __future__ import annotations

import json
import math
import random
import time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_graders.checkers.json_value import DEPTH, NotJSON, Number, check, exact, parse

LEAF = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-100, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
)
VALUE = st.recursive(
    LEAF,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=4)),
    max_leaves=12,
)


def written(value: Any, rng: random.Random) -> bytes:
    """One of the ways to write a value down."""
    if isinstance(value, dict):
        items = list(value.items())
        rng.shuffle(items)
        value = dict(items)
    space = rng.choice([(",", ":"), (", ", " : "), ("\n,\t", ":\r\n")])
    return json.dumps(value, ensure_ascii=rng.random() < 0.5, separators=space).encode("utf-8", "surrogatepass")


@settings(deadline=None)
@given(VALUE, st.randoms(use_true_random=False))
def test_however_it_is_written_it_is_the_same_value(value: Any, rng: random.Random) -> None:
    answer, output = written(value, rng), written(value, rng)
    for flags in ((), ("unordered_arrays",), ("float_tolerance", "1e-9"), ("unordered_arrays", "float_tolerance", "0")):
        assert check(answer, output, flags).ok


def plain(value: Any) -> Any:
    """The value in a form whose == is JSON's equality."""
    match value:
        case bool() | None | str():
            return (type(value).__name__, value)
        case int() | float():
            return ("number", Fraction(repr(value)))
        case list():
            return [plain(element) for element in value]
        case _:
            return {key: plain(element) for key, element in value.items()}


@settings(deadline=None, max_examples=400)
@given(VALUE, VALUE)
def test_equality_is_that_of_values_and_symmetric(first: Any, second: Any) -> None:
    a, b = json.dumps(first).encode(), json.dumps(second).encode()
    assert check(a, b).ok is check(b, a).ok is (plain(first) == plain(second))


def shuffled(value: Any, rng: random.Random) -> Any:
    if isinstance(value, list):
        elements = [shuffled(element, rng) for element in value]
        rng.shuffle(elements)
        return elements
    return {key: shuffled(inner, rng) for key, inner in value.items()} if isinstance(value, dict) else value


@settings(deadline=None, max_examples=300)
@given(VALUE, st.randoms(use_true_random=False))
def test_unordered_takes_every_order_at_every_level(value: Any, rng: random.Random) -> None:
    answer = json.dumps(value).encode()
    assert check(answer, json.dumps(shuffled(value, rng)).encode(), ("unordered_arrays",)).ok


@given(st.lists(st.sampled_from([0, 1, 1.5, True, None, "1", [1], [True], {"a": 1}]), max_size=5), st.data())
def test_unordered_counts(values: list[Any], data: st.DataObject) -> None:
    other = data.draw(st.permutations(values))
    other[:1] = [2]
    same = sorted(map(repr, values)) == sorted(map(repr, other))
    assert check(json.dumps(values).encode(), json.dumps(other).encode(), ("unordered_arrays",)).ok is same


@given(st.from_regex(r"\A-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?\Z"))
def test_a_number_is_its_mathematical_value(text: str) -> None:
    negative, digits, power = exact(Number(text))
    assert (-1 if negative else 1) * int(digits or 0) * Fraction(10) ** int(power) == Fraction(text)


@given(
    st.integers(1, 10**6),
    st.integers(-(10**30), 10**30),
    st.integers(-30, 30),
    st.integers(0, 30),
    st.sampled_from(["", "unordered_arrays"]),
)
def test_so_is_one_with_an_exponent_that_no_float_has(
    digits: int, power: int, shift: int, zeros: int, flag: str
) -> None:
    """The point moved, zeros before the exponent, and the next number, which is another."""
    sign, size = ("-" if power < 0 else "+"), abs(power)
    answer = f"[{digits}e{sign}{'0' * zeros}{size}]".encode()
    places = max(shift, 0)
    moved = f"{digits}{'0' * -min(shift, 0)}".rjust(places + 1, "0")
    point = len(moved) - places
    same = f"[{moved[:point]}{'.' * bool(places)}{moved[point:]}E{power + shift}]".encode()
    flags = (flag,) if flag else ()
    assert check(answer, same, flags).ok
    assert not check(answer, f"[{digits + 1}e{power}]".encode(), flags).ok
    assert not check(answer, f"[{digits}e{power + 1}]".encode(), flags).ok


@given(
    st.floats(-1e9, 1e9),
    st.floats(-1e9, 1e9),
    st.sampled_from(["0", "1e-9", "1", "1e6"]),
    st.sampled_from([1, 10, 1e9]),
)
def test_more_tolerance_never_makes_a_right_output_wrong(a: float, b: float, tolerance: str, factor: float) -> None:
    answer, output = json.dumps([a]).encode(), json.dumps([b]).encode()
    for flag in ("float_tolerance", "float_absolute_tolerance", "float_relative_tolerance"):
        if check(answer, output, (flag, tolerance)).ok:
            assert check(answer, output, (flag, repr(float(tolerance) * factor))).ok


@pytest.mark.parametrize(
    ("output", "says"),
    [
        (b'{"a": [1, 3]}', "At a[1]: expected 2, found 3."),
        (b'{"a": [1]}', "At a: expected 2 elements, found 1."),
        (b'{"b": [1, 2]}', 'the key "a" is missing.'),
        (b'{"a": [1, 2], "b": 1}', 'the key "b" is not expected.'),
        (b'{"a": {"x": 1}}', "At a: expected an array, found an object."),
        (b'{"a": [1, 2', "The output is not JSON: line 1, column 12: Expecting ',' delimiter."),
        (b'{"a": [1, "\xff"]}', "The output is not JSON: byte 12 is not UTF-8."),
        (b'{"a": [1, 2], "\\n\\u007f\\u202e": 1}', 'the key "\\n␡\\u202e" is not expected.'),
        (b'{"a": [1, Infinity]}', "The output is not JSON: Infinity is no number of JSON's."),
    ],
)
def test_the_message_says_where(output: bytes, says: str) -> None:
    assert check(b'{"a": [1, 2]}', output).message == says


def test_a_key_that_is_no_word_leaves_the_message_one_line() -> None:
    result = check(b'{"\\n\\u0000\\u001b": [1]}', b'{"\\n\\u0000\\u001b": [2]}')
    assert result.message == "At ␊␀␛[0]: expected 1, found 2."


HOSTILE = {
    "deep": b"[" * 1_000_000,
    "deep and closed": b"[" * 200_000 + b"]" * 200_000,
    "deep objects": b'{"a":' * 300_000,
    "long number": b"1" * 2_000_000,
    "long fraction": b"0." + b"1" * 2_000_000,
    "absurd exponent": b"1e" + b"9" * 2_000_000,
    "open string with escapes": b'"' + b'\\"' * 1_000_000,
    "open strings": b'"\n' * 1_000_000,
    "many keys": b"{" + b",".join(b'"%d":0' % i for i in range(200_000)) + b"}",
    "empty arrays": b"[" + b"[]," * 1_000_000 + b"[]]",
    "lone halves": b'"' + b"\\ud800" * 200_000 + b'"',
    "nul": b"\0" * 1_000_000,
    "utf-16": "[1]".encode("utf-16"),
}


@pytest.mark.parametrize("flags", [(), ("unordered_arrays", "float_tolerance", "1e-6")], ids=["plain", "flags"])
@pytest.mark.parametrize("output", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_output_crashes_it_or_holds_it_up(output: bytes, flags: tuple[str, ...]) -> None:
    began = time.perf_counter()
    result = check(b'[1, {"a": 2}]', output, flags)
    assert not result.ok
    assert result.message
    assert len(result.message) < 300
    assert time.perf_counter() - began < 10


def test_the_deepest_answer_there_may_be_is_compared() -> None:
    text = b"[" * DEPTH + b"]" * DEPTH
    assert check(text, text + b"\n", ("unordered_arrays",)).ok
    with pytest.raises(NotJSON, match="levels"):
        parse(b"[" + text + b"]")


def test_brackets_in_strings_are_no_levels() -> None:
    text = json.dumps({"a": "[" * 1000, "b\\": '"[{'}).encode()
    assert check(text, text).ok


@pytest.mark.parametrize("flags", [("ordered",), ("float_tolerance",), ("float_tolerance", "x"), ("case_sensitive",)])
def test_a_wrong_flag_is_the_problems_fault(flags: tuple[str, ...]) -> None:
    with pytest.raises(JudgeError):
        check(b"1", b"1", flags)


@pytest.mark.parametrize("answer", [b"", b"{", b"NaN", b'{"a":1,"a":2}', b"[" * 1000])
def test_an_answer_that_is_not_json_is_the_problems_fault(answer: bytes) -> None:
    with pytest.raises(JudgeError, match="the answer is not JSON"):
        check(answer, b"1")


def test_time_grows_with_size_and_not_its_square() -> None:
    def seconds(size: int) -> float:
        rng = random.Random(size)
        value = [{"k": rng.random(), "v": [rng.randrange(9) for _ in range(5)]} for _ in range(size)]
        answer = json.dumps(value).encode()
        rng.shuffle(value)
        output = json.dumps(value).encode()
        best = math.inf
        for _ in range(3):
            began = time.process_time()
            assert check(answer, output, ("unordered_arrays", "float_tolerance", "1e-9")).ok
            best = min(best, time.process_time() - began)
        return best

    assert seconds(16_000) < 30 * seconds(2_000)
