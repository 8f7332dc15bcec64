"""What a validator says to the jury: staff see it of every test, a learner of none. A real judgement, a real validator
in the sandbox, and every way on which a learner hears of a submission."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from grader_process import GraderProcess, all_done

from jupyter_oj_extension import events
from jupyter_oj_extension.domain.identity import ALL_ROLES, INSTRUCTOR, Identity
from jupyter_oj_extension.services import problems, submissions
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.views import JUDGE_MESSAGE_CHARACTERS

pytestmark = [pytest.mark.podman, pytest.mark.long]

ADA = Identity("ada", "Ada")
TUTOR = Identity("tutor", "Tutor", frozenset({INSTRUCTOR}))
ADMIN = Identity("ada", "Ada", ALL_ROLES)
"""Ada as she is on her laptop, where she is the staff, too."""
VALIDATOR = """\
import sys
given = open(sys.argv[1]).read().strip()
right = sys.stdin.read().split() == open(sys.argv[2]).read().split()
if given == "13":
    sys.exit("zq: 13 is too much for me")
with open(sys.argv[3] + "judgemessage.txt", "w") as message:
    message.write("zq: the number was " + given + "\\n" + "y" * 40000)
with open(sys.argv[3] + "teammessage.txt", "w") as message:
    message.write("right" if right else "wrong")
sys.exit(42 if right else 43)
"""


@pytest.fixture
def checked(service: Context, package: Callable[..., Path]) -> Callable[..., str]:
    """Imports a problem with `VALIDATOR` and these secret inputs."""

    def write(slug: str, *secret: int) -> str:
        tests = {f"{number:02}": (f"{number}\n", f"{2 * number}\n") for number in secret}
        folder = package(slug, samples={"1": ("1\n", "2\n")}, secret=tests)
        (folder / "output_validator").mkdir()
        (folder / "output_validator" / "validate.py").write_text(VALIDATOR)
        return problems.import_package(service, folder).slug

    return write


def heard(service: Context, identity: Identity, id: str) -> str:
    """Everything that `identity` can hear of a submission."""
    streamed = [event.data for event in events.read(service.redis, {events.user_stream("ada"): "0-0"}, 0)]
    told: list[Any] = [submissions.get(service, identity, id), submissions.page(service, identity)]
    return str([*told, submissions.snapshot(service, identity), *streamed])


def test_a_validators_words_for_the_jury(service: Context, checked: Callable[..., str]) -> None:
    problem = checked("double", 2, 3, 4)
    with GraderProcess(service) as grader:
        source = "n = int(input())\nprint(2 * n if n < 4 else n)\n"
        id = submissions.submit(service, ADA, problem=problem, language="python3", source=source)["id"]
        (view,) = all_done(service, ADA, [id], grader.tell)
    assert (view["verdict"], [run["judge_message"] for run in view["runs"]]) == ("WA", [None] * 4)
    assert [run["message"] for run in view["runs"]] == ["right", None, None, None]
    assert "zq" not in heard(service, ADA, id)

    for staff in (TUTOR, ADMIN):
        said = [run["judge_message"] for run in submissions.get(service, staff, id)["runs"]]
        assert [words.split("\n")[0] for words in said] == [f"zq: the number was {number}" for number in (1, 2, 3, 4)]
        assert all(len(words) <= JUDGE_MESSAGE_CHARACTERS for words in said)
    assert "zq: the number was 4" in str(submissions.snapshot(service, ADMIN))


def test_why_the_judge_failed(service: Context, checked: Callable[..., str]) -> None:
    problem = checked("unlucky", 2, 13)
    with GraderProcess(service) as grader:
        source = "print(2 * int(input()))\n"
        id = submissions.submit(service, ADA, problem=problem, language="python3", source=source)["id"]
        (view,) = all_done(service, ADA, [id], grader.tell)
    assert (view["verdict"], view["judge_message"]) == ("JE", None)
    assert "zq" not in heard(service, ADA, id)
    cause = submissions.get(service, TUTOR, id)["judge_message"]
    assert "zq: 13 is too much for me" in cause
    assert "secret/13" in cause
