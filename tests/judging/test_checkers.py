"""Checkers against vectors (ours, and the shared ones where they are), and against a plain reading of the rule."""

from __future__ import annotations

import json
import math
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.problem import OutputValidator, TestCase
from jupyter_oj_graders.checkers import exact, tokens, unordered
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.checking import CHECKERS, check

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
KINDS = {"kattis-default": "tokens", "cms-white-diff": "lines"} | {kind: kind for kind in CHECKERS}


def _vectors() -> Iterator[object]:
    shared = Path(os.environ.get("OJ_CASES") or ROOT.parent / "shared" / "cases")
    for path in (HERE / "vectors.jsonl", shared / "checkers" / "vectors.jsonl"):
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                vector = json.loads(line)
                yield pytest.param(vector, id=vector["id"])


@pytest.mark.parametrize("vector", list(_vectors()))
def test_vector(vector: dict[str, object]) -> None:
    flags = tuple(str(vector["flags"]).split())
    answer, output = str(vector["answer"]).encode(), str(vector["output"]).encode()
    result = CHECKERS[KINDS[str(vector["checker"])]](answer, output, flags)
    got = "AC" if result.ok else "PE" if result.presentation else "WA"
    assert got in vector["expected"], result.message  # type: ignore[operator]


# -- a plain reading of the default validator's rule, character by character --

SPACES = b" \t\n\v\f\r"


def plain_number(token: bytes) -> float | None:
    """strtod over the whole token, finite only."""
    text = token.decode("latin-1")
    if not text or text[0] not in "+-.0123456789" or "_" in text or any(ord(c) > 127 or c in " nNiI" for c in text):
        return None
    unsigned = text[1:].lower() if text[0] in "+-" else text.lower()
    hexadecimal = unsigned.startswith("0x")
    if hexadecimal and not re.search("[0-9a-f]", unsigned[2:].partition("p")[0]):
        return 0.0 if unsigned == "0x." else None  # as glibc has it
    bare = re.sub("[pP][+-]?$" if hexadecimal else "[eE][+-]?$", "", text)  # glibc wants no digits there
    text = bare if bare[-1:].isalnum() or bare[-1:] == "." else text
    try:
        value = float.fromhex(text) if "x" in text.lower() else float(text)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def plain_rule(answer: bytes, output: bytes, *, case: bool, space: bool, absolute: float, relative: float) -> bool:
    a = o = 0
    while True:
        while a < len(answer) and answer[a] in SPACES:
            if space:
                if o >= len(output) or output[o] != answer[a]:
                    return False
                o += 1
            a += 1
        while o < len(output) and output[o] in SPACES:
            if space:
                return False
            o += 1
        a_end, o_end = a, o
        while a_end < len(answer) and answer[a_end] not in SPACES:
            a_end += 1
        while o_end < len(output) and output[o_end] not in SPACES:
            o_end += 1
        if a_end == a:
            return o_end == o
        if o_end == o:
            return False
        wanted, found = answer[a:a_end].split(b"\0")[0], output[o:o_end].split(b"\0")[0]
        a, o = a_end, o_end
        number = plain_number(wanted) if absolute >= 0 or relative >= 0 else None
        if number is not None:
            given = plain_number(found)
            if given is None:
                return False
            difference = abs(number - given)
            if not difference <= absolute and not difference <= relative * abs(number):
                return False
        elif wanted != found if case else wanted.lower() != found.lower():
            return False


SPACE = st.sampled_from([" ", "\n", "  ", "\t", "\r\n", "\v", "\f", " \n"])
WORD = st.one_of(
    st.sampled_from(
        "a A b aB AB é É 1 1.0 1.00 +1 -1 01 1e0 1e 1e+ 1E3 .5 5. . - 0x1 0X1.8p1 0x 0x. 0x.p0 0x1p 1_0 nan inf".split()
    ),
    st.sampled_from(["1e999", "-1e999", "Infinity", "1.0a", "0", "-0", "1e-400", "a\0b", "1\0x", "\0", "a\0c"]),
    st.integers(-5, 1000).map(str),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(str),
)
TEXT = st.lists(st.one_of(WORD, SPACE), max_size=12).map(lambda parts: "".join(parts).encode())


@st.composite
def pairs(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """An answer, and an output that is near it more often than not."""
    words = draw(st.lists(st.tuples(WORD, SPACE), max_size=8))
    near = [
        (draw(WORD) if draw(st.integers(0, 9)) == 0 else word, draw(SPACE) if draw(st.integers(0, 9)) == 0 else space)
        for word, space in words
    ]
    answer = "".join(word + space for word, space in words)
    output = "".join(word + space for word, space in near)
    cut = draw(st.integers(0, 2))
    changed = output.swapcase() if draw(st.booleans()) else output
    return answer.encode(), (changed[: len(changed) - cut] if cut else changed).encode()


TOLERANCE = st.sampled_from([None, "0", "0.5", "1e-6", "-1"])


@settings(max_examples=1500, deadline=None)
@given(st.one_of(pairs(), st.tuples(TEXT, TEXT)), st.booleans(), st.booleans(), TOLERANCE, TOLERANCE, st.booleans())
def test_tokens_is_the_rule(
    pair: tuple[bytes, bytes], case: bool, space: bool, absolute: str | None, relative: str | None, both: bool
) -> None:
    answer, output = pair
    flags: list[str] = []
    if case:
        flags.append("case_sensitive")
    if space:
        flags.append("space_change_sensitive")
    if both and absolute is not None:
        flags += ["float_tolerance", absolute]
        relative = absolute
    else:
        if absolute is not None:
            flags += ["float_absolute_tolerance", absolute]
        if relative is not None:
            flags += ["float_relative_tolerance", relative]
    expected = plain_rule(
        answer,
        output,
        case=case,
        space=space,
        absolute=float(absolute) if absolute is not None else -1,
        relative=float(relative) if relative is not None else -1,
    )
    result = tokens.check(answer, output, tuple(flags))
    assert result.ok is expected
    assert result.ok or result.message


@given(st.binary(max_size=60), st.sampled_from(["tokens", "exact", "lines", "unordered-lines", "unordered-tokens"]))
def test_the_answer_itself_is_right(text: bytes, kind: str) -> None:
    assert CHECKERS[kind](text, text, ()).ok


@given(st.lists(st.sampled_from([b"a", b"b c", b"b  c ", b"", b"C"]), max_size=8), st.randoms())
def test_unordered_lines_take_any_order(lines: list[bytes], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert unordered.check_lines(b"\n".join(lines), b"\n".join(shuffled)).ok


@given(st.lists(st.integers(0, 3), max_size=8), st.lists(st.integers(0, 3), max_size=8))
def test_unordered_tokens_count(wanted: list[int], given_: list[int]) -> None:
    answer, output = (" ".join(map(str, values)).encode() for values in (wanted, given_))
    assert unordered.check_tokens(answer, output).ok is (Counter(wanted) == Counter(given_))


@given(TEXT, TEXT)
def test_lines_is_the_rule(answer: bytes, output: bytes) -> None:
    def canonical(text: bytes) -> list[bytes]:
        lines = [re.sub(rb"[ \t\v\f\r]+", b" ", line).strip(b" ") for line in text.split(b"\n")]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    assert exact.check_lines(answer, output).ok is (canonical(answer) == canonical(output))


@given(TEXT, TEXT, st.booleans())
def test_presentation_is_right_words_in_wrong_space(answer: bytes, output: bytes, case_sensitive: bool) -> None:
    """With the letters that the checker takes for the same. The output is often the answer's words in other space."""
    words = answer.split()
    for given_ in (output, b" ".join(words).swapcase(), b"\n\n".join(words)):
        for kind, folds in {"exact": False, "lines": False, "unordered-lines": True, "tokens": True}.items():
            flags = ("case_sensitive",) if folds and case_sensitive else ()
            if kind == "tokens":
                flags += ("space_change_sensitive",)
            result = _checked(kind, flags, answer, given_, presentation=True)
            fold = bytes.lower if folds and not case_sensitive else bytes
            same = [word.split(b"\0")[0] if kind == "tokens" else word for word in fold(answer).split()] == [
                word.split(b"\0")[0] if kind == "tokens" else word for word in fold(given_).split()
            ]
            assert result.presentation is (same and not result.ok)
            assert not _checked(kind, flags, answer, given_, presentation=False).presentation


def _checked(kind: str, flags: tuple[str, ...], answer: bytes, output: bytes, *, presentation: bool) -> CheckResult:
    case = TestCase(name="1", group="secret", input=Path("1.in"), answer=Path("1.ans"))
    return check(OutputValidator(kind, flags, presentation=presentation), case, answer, output)


@given(st.binary(max_size=40), st.binary(max_size=40), st.sampled_from(list(CHECKERS)))
def test_a_message_is_one_line_that_can_be_read(answer: bytes, output: bytes, kind: str) -> None:
    """Whatever a program wrote: staff read it on a terminal."""
    try:
        message = CHECKERS[kind](answer, output, ()).message
    except JudgeError:
        return  # an answer that is no JSON
    assert message is None or message.isprintable()


def test_messages_name_line_and_words() -> None:
    assert tokens.check(b"1 2\n3\n", b"1 2\n4\n").message == "Line 2: expected “3”, found “4”."
    assert tokens.check(b"1 2\n", b"").message == "Expected “1”, but the output is empty."
    assert tokens.check(b"1 2\n", b"1\n").message == "Expected “2”, but the output ends."
    assert tokens.check(b"1\n", b"1\n\n2").message == "Line 3: “2” is more than the expected output has."
    assert exact.check(b"1 2\n", b"1 2\r\n").message == "Line 1: expected “1 2”, found “1 2␍”."
    assert exact.check(b"1 2\n", "1\u00a02\n".encode()).message == r"Line 1: expected “1 2”, found “1\u00a02”."
    assert exact.check(b"1\n", b"1").message == "The output has fewer lines than expected: 1 and not 2."
    assert unordered.check_lines(b"a\nb\n", b"b\nb\n").message == "“b” is not expected so often."
    assert unordered.check_lines(b"a\na\n", b"a\n").message == "“a” is expected once more and missing."
    assert len(tokens.check(b"x" * 10_000, b"y").message or "") < 200


@pytest.mark.parametrize(
    ("kind", "flags"),
    [
        ("tokens", ("case-sensitive",)),
        ("tokens", ("float_tolerance",)),
        ("tokens", ("float_tolerance", "nan")),
        ("tokens", ("float_tolerance", "1e-6x")),
        ("exact", ("float_tolerance", "1")),
        ("unordered-lines", ("space_change_sensitive",)),
        ("no-such-kind", ()),
    ],
)
def test_a_wrong_flag_is_the_problems_fault(kind: str, flags: tuple[str, ...]) -> None:
    case = TestCase(name="1", group="secret", input=Path("1.in"), answer=Path("1.ans"))
    with pytest.raises(JudgeError):
        check(OutputValidator(kind, flags), case, b"1", b"2")


def test_a_tests_own_flags_replace_the_problems() -> None:
    case = TestCase(
        name="1", group="secret", input=Path("1.in"), answer=Path("1.ans"), validator_flags=("case_sensitive",)
    )
    assert not check(OutputValidator("tokens"), case, b"a", b"A").ok


@pytest.mark.parametrize(
    ("flags", "word", "other"),
    [
        ((), b"Word%d ", b"wORD%d\n"),
        (("case_sensitive",), b"%d ", b"%d\n"),
        (("float_tolerance", "1e-6"), b"%d.5 ", b"%d.5000001\n"),
        (("float_tolerance", "1e-6"), b"%d.5 x ", b"%d.5000001\nX\n"),
    ],
)
def test_ten_megabytes_take_no_longer_than_a_few_readings_of_them(
    flags: tuple[str, ...], word: bytes, other: bytes
) -> None:
    """Measured against splitting and converting the same bytes, so that the machine's speed does not matter."""
    count = 10_000_000 // len(other % 100_000)
    answer = b"".join(word % i for i in range(count))
    output = b"".join(other % i for i in range(count))
    begun = time.perf_counter()
    for text in (answer, output):
        [token.lower() for token in text.split()]
        for token in text.split():
            token.isalpha()
    unit = time.perf_counter() - begun
    begun = time.perf_counter()
    assert tokens.check(answer, output, flags).ok
    assert time.perf_counter() - begun < 12 * unit


@pytest.mark.parametrize("start", [b"", b"0x", b".", b"1e", b"0x1p"])
def test_a_megabyte_of_digits_that_is_no_number_is_read_once(start: bytes) -> None:
    began = time.perf_counter()
    assert not tokens.check(b"3.5\n", start + b"1" * (1 << 20) + b"z", ("float_tolerance", "1e-6")).ok
    assert time.perf_counter() - began < 2
