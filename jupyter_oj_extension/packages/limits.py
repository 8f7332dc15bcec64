"""``limits`` of problem.yaml, with those of ``jupyter_oj.yaml`` and of DOMjudge's files beside it."""

from __future__ import annotations

from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import Limits, Timing
from jupyter_oj_extension.packages.domjudge import Ini
from jupyter_oj_extension.packages.files import shown
from jupyter_oj_extension.packages.formats import Format

KEYS_2025_09 = frozenset(
    "time_multipliers time_limit time_resolution memory output code compilation_time compilation_memory "
    "validation_time validation_memory validation_output validation_passes".split()
)
LARGEST = 1e6


def read_limits(given: dict[str, Any], ours: dict[str, Any], ini: Ini, form: Format) -> tuple[Limits, Timing]:
    """`given` is ``limits`` of problem.yaml, `ours` that of jupyter_oj.yaml. Where nothing says a time limit it is our
    default: importing runs nothing, so nothing can be inferred. Raises `PackageError`."""
    if form.strict_keys and (unknown := set(given) - KEYS_2025_09):
        raise PackageError(f"problem.yaml: unknown key limits.{min(unknown)}")
    default = Limits()

    def positive(key: str, fallback: float, least: float = 0.0, within: dict[str, Any] = given) -> float:
        value = within.get(key, fallback)
        # Written so that NaN fails it too.
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < LARGEST or value < least:
            bound = f"a number of at least {least:g}" if least else "a number above 0"
            raise PackageError(f"problem.yaml: limits.{key} must be {bound}, not {shown(value)}")
        return float(value)

    def whole(key: str, fallback: int, least: int = 1) -> int:
        return max(round(positive(key, fallback)), least)

    processes = ours.get("processes", default.processes)
    if not isinstance(processes, int) or not 1 <= processes <= 4096:
        raise PackageError("jupyter_oj.yaml: limits.processes must be a whole number from 1 to 4096")
    limits = Limits(
        cpu_s=positive("time_limit", ini.timelimit_s or default.cpu_s),
        memory_mib=whole("memory", default.memory_mib),
        output_kib=max(round(positive("output", default.output_kib / 1024) * 1024), 1),
        processes=processes,
        source_kib=whole("code", default.source_kib),
        compile_wall_s=positive("compilation_time", default.compile_wall_s),
        compile_memory_mib=whole("compilation_memory", default.compile_memory_mib),
        validation_s=positive("validation_time", default.validation_s),
        validation_memory_mib=whole("validation_memory", default.validation_memory_mib),
        validation_output_kib=max(round(positive("validation_output", default.validation_output_kib / 1024) * 1024), 1),
        validation_passes=whole("validation_passes", default.validation_passes, 2),
    )
    stated = "time_limit" in given or ini.timelimit_s is not None
    if form.legacy:
        return limits, Timing(
            stated,
            ac_to_time_limit=positive("time_multiplier", 5.0),
            time_limit_to_tle=positive("time_safety_margin", 2.0),
        )
    multipliers = given.get("time_multipliers", {})
    if not isinstance(multipliers, dict) or set(multipliers) - {"ac_to_time_limit", "time_limit_to_tle"}:
        raise PackageError("problem.yaml: limits.time_multipliers must hold ac_to_time_limit and time_limit_to_tle")
    return limits, Timing(
        stated,
        ac_to_time_limit=positive("ac_to_time_limit", 2.0, 1.0, multipliers),
        time_limit_to_tle=positive("time_limit_to_tle", 1.5, 1.0, multipliers),
        resolution_s=positive("time_resolution", 1.0),
    )
