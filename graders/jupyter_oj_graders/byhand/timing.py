"""The time limit of a package that states none: inferred from its accepted submissions, by the rule of its format.

Legacy: five times (``time_multiplier``) the slowest accepted one, rounded to whole seconds, at least one second. Since
2023-07-draft: twice (``time_multipliers.ac_to_time_limit``), rounded up to a multiple of ``time_resolution`` (1 s); and
a submission that is to be too slow must not even end within 1.5 times the limit (``time_limit_to_tle``; legacy: 2,
``time_safety_margin``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.packages.files import PackageFiles

UNLIMITED_S = 60.0
"""The limit that accepted submissions run with while there is none."""


@dataclass(frozen=True, slots=True)
class TimeRule:
    """`stated`: the package has a limit. Else it is made of the slowest accepted time by `infer`. `margin` is how many
    times the limit a submission must take that is to be too slow; None where the package asks for nothing."""

    stated: bool
    multiplier: float
    margin: float | None
    resolution_s: float | None
    """None: rounded to the nearest whole second (legacy)."""

    def infer(self, slowest_s: float) -> float:
        if self.resolution_s is None:
            return float(max(1, int(0.5 + slowest_s * self.multiplier)))
        steps = max(1, math.ceil(slowest_s * self.multiplier / self.resolution_s - 1e-9))
        return round(steps * self.resolution_s, 9)


def time_rule(folder: Path) -> TimeRule:
    """Raises `PackageError` for a key that is no number."""
    files = PackageFiles(folder)
    data = files.yaml("problem.yaml")
    limits = data.get("limits") or {}
    legacy = str(data.get("problem_format_version", "legacy")).startswith("legacy")
    stated = "time_limit" in limits or files.has(".timelimit") or _domjudge_limit(files)
    if legacy:
        margin = _number(limits, "time_safety_margin", 2.0)
        asked = not stated or "time_safety_margin" in limits
        return TimeRule(stated, _number(limits, "time_multiplier", 5.0), margin if asked else None, None)
    factors = limits.get("time_multipliers") or {}
    margin = _number(factors, "time_limit_to_tle", 1.5)
    asked = not stated or "time_limit_to_tle" in factors
    return TimeRule(
        stated,
        _number(factors, "ac_to_time_limit", 2.0),
        margin if asked else None,
        _number(limits, "time_resolution", 1.0),
    )


def reference_s(cpu_s: float, language: Language) -> float:
    """A time as the reference language would have it: the language's own factor and extra taken out."""
    return max(0.0, (cpu_s - language.time_extra_s) / language.time_factor)


def _domjudge_limit(files: PackageFiles) -> bool:
    if not files.has("domjudge-problem.ini"):
        return False
    keys = (line.partition("=")[0].strip().lower() for line in files.text("domjudge-problem.ini").splitlines())
    return "timelimit" in keys


def _number(table: Mapping[str, Any], key: str, default: float) -> float:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
        raise PackageError(f"problem.yaml: limits: {key} must be a number above 0, not {value!r}")
    return float(value)
