"""The time limit of a package that states none: inferred from its accepted submissions, by the rule of its format.

`Timing` says by how much: a limit is the slowest accepted time times `ac_to_time_limit` (legacy ``time_multiplier``, 5;
since 2023-07-draft 2), rounded up to a multiple of `resolution_s`, and in the legacy format to the nearest second. A
submission that is to be too slow must not even end within `time_limit_to_tle` times the limit.
"""

from __future__ import annotations

import math
from pathlib import Path

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Timing
from jupyter_oj_extension.packages.files import PackageFiles
from jupyter_oj_extension.packages.formats import format_of

UNLIMITED_S = 60.0
"""The limit that accepted submissions run with while there is none."""


def inferred_s(timing: Timing, slowest_s: float, *, legacy: bool) -> float:
    """The limit (s) for a slowest accepted time, at least one step of the resolution."""
    steps = slowest_s * timing.ac_to_time_limit / timing.resolution_s
    rounded = int(steps + 0.5) if legacy else math.ceil(steps - 1e-9)
    return round(max(1, rounded) * timing.resolution_s, 9)


def is_legacy(folder: Path) -> bool:
    """Whether a package (that could be read) is of a legacy format."""
    return format_of(str(PackageFiles(folder).yaml("problem.yaml").get("problem_format_version", "legacy"))).legacy


def reference_s(cpu_s: float, language: Language) -> float:
    """A time as the reference language would have it: the language's own factor and extra taken out."""
    return max(0.0, (cpu_s - language.time_extra_s) / language.time_factor)
