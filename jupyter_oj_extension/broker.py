"""Names of queues and of the one task. The queue carries judgement ids and nothing else; the store is the truth.

Server and core send by task name, so they import no grader code.
"""

from __future__ import annotations

from jupyter_oj_extension.domain.judgement import Lane

JUDGE_TASK = "jupyter_oj.judge"


def queue_name(language: str, lane: Lane) -> str:
    """The queue of a language's lane, such as ``oj.python3.contest``."""
    return f"oj.{language}.{lane.value}"


def queue_names(languages: list[str]) -> list[str]:
    """All queues in the order a grader serves them: every language's contest lane before any practice lane."""
    return [queue_name(language, lane) for lane in Lane for language in languages]
