"""Every submission of every package in ``packages/`` gets the verdict that its folder says, from the real sandbox:
custom validators, interactors, several passes, and what hostile programs try on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from by_hand import judged

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import JurySubmission
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_sandbox.api import Sandbox

pytestmark = pytest.mark.podman

ROOT = Path(__file__).parent / "packages"
SUBMISSIONS = [(folder, one) for folder in sorted(ROOT.iterdir()) for one in packages.jury_submissions(folder)]


@pytest.fixture(scope="module")
def executables(tmp_path_factory: pytest.TempPathFactory) -> ExecutableCache:
    return ExecutableCache(tmp_path_factory.mktemp("executables"))


@pytest.mark.parametrize(
    ("folder", "submission"),
    SUBMISSIONS,
    ids=[f"{folder.name}-{one.path.parent.name}-{one.path.name}" for folder, one in SUBMISSIONS],
)
def test_submission(
    folder: Path,
    submission: JurySubmission,
    real_sandbox: Sandbox,
    languages: dict[str, Language],
    executables: ExecutableCache,
) -> None:
    problem = packages.read(folder)
    outcome = judged(
        problem, submission.language, submission.path.read_text(), real_sandbox, languages, executables=executables
    )
    assert outcome.verdict in submission.expected, outcome
