"""Verdicts of one run and of a judgement (REQUIREMENTS R-B4)."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a run or a judgement got. Partial credit is a score, not a verdict."""

    AC = "AC"  # accepted
    WA = "WA"  # wrong answer
    PE = "PE"  # right but for its presentation, told apart only where the problem asks for it
    TLE = "TLE"  # CPU or wall limit
    MLE = "MLE"  # memory limit
    OLE = "OLE"  # output limit
    RTE = "RTE"  # non-zero exit, signal
    CE = "CE"  # does not compile
    JE = "JE"  # the judge's own fault: never the learner's


VERDICT_NAMES: dict[Verdict, str] = {
    Verdict.AC: "Accepted",
    Verdict.WA: "Wrong answer",
    Verdict.PE: "Presentation error",
    Verdict.TLE: "Time limit exceeded",
    Verdict.MLE: "Memory limit exceeded",
    Verdict.OLE: "Output limit exceeded",
    Verdict.RTE: "Run-time error",
    Verdict.CE: "Compile error",
    Verdict.JE: "Judge error",
}

LEARNER_VERDICTS = frozenset(Verdict) - {Verdict.JE}
"""Verdicts that are final for a learner; a JE is retried, then shown to staff."""
