"""Numbers against C itself: tokens that look like numbers, read by a program of ours with ``sscanf`` in the sandbox."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_graders import compiling
from jupyter_oj_graders.checkers.numbers import number
from jupyter_oj_graders.executables import Executable, ExecutableCache
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_sandbox.api import RunLimits, Sandbox

SCANS = r"""
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>
int main() {
    std::string token;
    while (std::cin >> token) {
        double value;
        char rest[20];
        if (sscanf(token.c_str(), "%lf%10s", &value, rest) == 1 && std::isfinite(value)) printf("%a\n", value);
        else puts("none");
    }
}
"""


def tokens(count: int) -> list[str]:
    """Numbers, near numbers and scraps of numbers, the same ones every time."""
    rng = random.Random(42)
    parts = ["0", "1", "9", "12", "007", ".", "e", "E", "+", "-", "x", "0x", "p", "P", "f", "a", "inf", "nan", "_", ","]
    parts += ["308", "309", "324", "400", "99999999999999999999", "1797693134862315", "4.94e-324", "2.5", "n", "L"]
    made = ["".join(rng.choices(parts, k=rng.randint(1, 6))) for _ in range(count)]
    made += [repr(rng.uniform(-1, 1) * 10.0 ** rng.randint(-330, 308)) for _ in range(count // 4)]
    made += [(rng.uniform(-1, 1) * 10.0 ** rng.randint(-330, 308)).hex() for _ in range(count // 4)]
    made += ["1" * 5000, "0." + "3" * 5000, "0x" + "f" * 200, "-0", "+.5", "infinity", "nan(1)", "1e" + "9" * 50]
    made += ["0x.", "0x.p0", "-0x.P+", "0x.p-3", "0x.8p", "0x1.p+"]
    return made


@pytest.mark.podman
def test_a_number_is_what_c_takes_for_one(
    real_sandbox: Sandbox, languages: dict[str, Language], tmp_path: Path
) -> None:
    language, given = languages["cpp"], tokens(20_000)
    sources = (SourceFile(language.source_name, SCANS.encode()),)
    program = compiling.build(real_sandbox, ExecutableCache(tmp_path), language, sources, Limits())
    assert isinstance(program, Executable), program
    with real_sandbox.box(image_spec(language.run_image), memory_mib=256) as box:
        box.load(program.files)
        limits = RunLimits(cpu_s=20, wall_s=60, memory_mib=256)
        result = box.run(program.argv, limits=limits, stdin="\n".join(given).encode(), env=dict(program.env))
    read = result.stdout.decode().split()
    assert len(read) == len(given)
    theirs = [None if text == "none" else float.fromhex(text) for text in read]
    ours = [number(token.encode()) for token in given]
    assert [(t[:40], a, b) for t, a, b in zip(given, theirs, ours, strict=True) if a != b] == []
    assert sum(value is not None for value in theirs) > len(given) // 5
