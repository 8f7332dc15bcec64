"""Every submission of every package in ``scored/``, judged by the real sandbox, gets what its package says: verdict,
score, and the verdicts of single tests and groups."""

from __future__ import annotations

from pathlib import Path

import pytest
from by_hand import judged

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import JurySubmission
from jupyter_oj_sandbox.api import Sandbox

pytestmark = pytest.mark.podman

ROOT = Path(__file__).parent / "scored"
SUBMISSIONS = [(folder, one) for folder in sorted(ROOT.iterdir()) for one in packages.jury_submissions(folder)]


@pytest.mark.parametrize(
    ("folder", "submission"),
    SUBMISSIONS,
    ids=[f"{folder.name}-{one.path.parent.name}-{one.path.name}" for folder, one in SUBMISSIONS],
)
def test_submission(
    folder: Path, submission: JurySubmission, real_sandbox: Sandbox, languages: dict[str, Language]
) -> None:
    problem = packages.read(folder)
    paths = sorted(submission.path.iterdir()) if submission.path.is_dir() else [submission.path]
    files = tuple(SourceFile(path.name, path.read_bytes()) for path in paths)
    outcome = judged(problem, submission.language, "", real_sandbox, languages, files=files)
    assert packages.unmet(submission, outcome, problem.best_score) == (), outcome
    assert outcome.max_score == 100
    assert outcome.score == outcome.groups[0].score
    assert {group.group for group in outcome.groups} == {group.name for group in problem.scoring_groups}


def test_who_fails_a_test_is_told_what_the_problem_lets_it_tell(
    real_sandbox: Sandbox, languages: dict[str, Language]
) -> None:
    problem = packages.read(ROOT / "garden")
    outcome = judged(problem, "python3", "print(3)\n", real_sandbox, languages)
    opened, closed = (
        next(run for run in outcome.runs if run.group == f"secret/{name}") for name in ("1-one", "2-twice")
    )
    assert (opened.hint, opened.shown, opened.input, opened.output) == (
        "There may be one row only.",
        True,
        "1\n5\n",
        "3\n",
    )
    assert (closed.hint, closed.shown, closed.input, closed.output) == (None, False, None, None)
