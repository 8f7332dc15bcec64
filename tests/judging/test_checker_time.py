"""No output can hold a grader: the built-in checkers, which run in its process, take time in proportion to the bytes
they compare (sorting and hashing apart). Outputs are bounded, so that this bounds the time of a check (ADR 0125)."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.problem import OutputValidator, TestCase
from jupyter_oj_graders.checking import CHECKERS, check

SMALL, LARGE = 64 << 10, 512 << 10
GROWTH = LARGE / SMALL
PATIENCE = 6.0
"""What noise, caches and sorting may add to a growth in proportion. A quadratic check grows by the square."""
LEAST_S = 0.01
"""Times below this are noise: they are taken for this long."""

Text = Callable[[int], bytes]
NASTY: dict[str, Text] = {
    "one-token": lambda n: b"x" * n,
    "digits": lambda n: b"9" * n,
    "digits-and-point": lambda n: b"0." + b"1" * n,
    "exponents": lambda n: b"1e" * (n // 2),
    "many-tokens": lambda n: b"1 " * (n // 2),
    "many-floats": lambda n: b"0.1 " * (n // 4),
    "many-lines": lambda n: b"a\n" * (n // 2),
    "different-lines": lambda n: b"".join(b"%x\n" % i for i in range(n // 6)),
    "spaces": lambda n: b" \n" * (n // 2),
    "zero-bytes": lambda n: b"\0" * n,
    "signs": lambda n: b"+-" * (n // 2),
    "no-utf8": lambda n: b"\xff\xc0 " * (n // 3),
    "hex-floats": lambda n: b"0x1p-1 " * (n // 7),
    "brackets": lambda n: b"[" * n,
    "list": lambda n: b"[" + b"1," * (n // 2) + b"1]",
    "pairs": lambda n: b"{" + b",".join(b'"%x":1' % i for i in range(n // 8)) + b"}",
    "quotes": lambda n: b'"' + b"\\u0041" * (n // 6) + b'"',
    "lists-of-lists": lambda n: b"[" + b"[1]," * (n // 4) + b"[2]]",
}
FLAGS = {"tokens": ((), ("float_tolerance", "1e-6"), ("case_sensitive", "space_change_sensitive"))}


def _took(kind: str, flags: tuple[str, ...], text: Text, size: int) -> float:
    """CPU seconds of a check against an answer that is nearly the same, which is the most work; the better of two."""
    case = TestCase("secret/1", "secret", Path(), Path())
    output = text(size)
    answer, best = output[:-3] + b"2" + output[-2:], float("inf")
    gc.freeze()  # what this session of tests holds is no part of the check's work
    for _ in range(2):
        begun = time.process_time()
        try:
            check(OutputValidator(kind, flags, presentation=True), case, answer, output)
            check(OutputValidator(kind, flags, presentation=True), case, b"1 2 3\n", output)
        except JudgeError:
            pass  # an answer that is no JSON is the author's fault, and takes no time either
        best = min(best, time.process_time() - begun)
    gc.unfreeze()
    return best


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
@pytest.mark.parametrize("kind", CHECKERS)
def test_time_grows_with_the_output(kind: str, text: Text) -> None:
    for flags in FLAGS.get(kind, ((),)):
        small = max(_took(kind, flags, text, SMALL), LEAST_S)
        large = _took(kind, flags, text, LARGE)
        assert large <= small * GROWTH * PATIENCE, f"{kind} {flags}: {small:.3f} s, then {large:.3f} s"
