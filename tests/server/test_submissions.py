"""A submission's way through the interface, and the pages around it, held against the declared models."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import httpx
import pytest
from package_support import PROBLEM, write_package
from server_support import Server, judge

from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import problems
from jupyter_oj_extension.services.context import Context
from jupyter_oj_server import models


def test_from_submitting_to_the_verdict(server: Server, ctx: Context) -> None:
    with server.enrol("cup", "Way", "way") as contestant:
        body = {"problem": "echo", "language": "python3", "source": "print(input())", "contest": "cup"}
        answer = contestant.post("submissions", json=body, headers={"Idempotency-Key": "first"})
        assert answer.status_code == 202
        submission = answer.json()
        models.Submission.model_validate(submission)
        assert answer.headers["location"].endswith(f"/oj/api/v1/submissions/{submission['id']}")
        assert (submission["state"], submission["verdict"]) == ("queued", None)

        again = contestant.post("submissions", json=body, headers={"Idempotency-Key": "first"})
        assert again.json()["id"] == submission["id"]
        other = contestant.post("submissions", json=body | {"source": "2"}, headers={"Idempotency-Key": "first"})
        assert other.status_code == 409

        judge(ctx, submission, Verdict.WA)
        done = contestant.get(f"submissions/{submission['id']}").json()
        models.Submission.model_validate(done)
        assert (done["state"], done["verdict"], done["failing"]) == ("done", "WA", 2)
        assert [run["name"] for run in done["runs"]] == ["sample/1", "test 2"] or done["runs"][1]["name"] != "secret/1"
        assert done["runs"][1]["input"] is None

        page = models.SubmissionPage.model_validate(contestant.get("submissions?contest=cup&verdict=WA").json())
        assert [item.id for item in page.items] == [submission["id"]]
        source = contestant.get(f"submissions/{submission['id']}/source").json()
        assert source == {"language": "python3", "source": "print(input())"}


def test_a_run_counts_for_nothing(server: Server) -> None:
    body = {"problem": "echo", "language": "python3", "source": "print(1)", "input": "5\n"}
    answer = server.http.post("runs", json=body)
    assert answer.status_code == 202
    assert models.Submission.model_validate(answer.json()).kind == "run"
    assert "/submissions/" in answer.headers["location"]


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("health", models.Health),
        ("me", models.Me),
        ("languages", models.Languages),
        ("problems", models.ProblemPage),
        ("problems?q=echo&difficulty=easy&difficulty=medium&sort=title&contest=cup", models.ProblemPage),
        ("problems/echo", models.Problem),
        ("problems/echo/notebook", models.Notebook),
        ("problems/echo/notebook?language=cpp&contest=cup", models.Notebook),
        ("submissions", models.SubmissionPage),
        ("contests", models.Contests),
        ("contests/cup", models.ContestWithProblems),
        ("contests/later", models.ContestWithProblems),
        ("contests/cup/leaderboard", models.Leaderboard),
    ],
)
def test_answers_have_the_declared_shape(server: Server, path: str, model: type[models.Reply]) -> None:
    answer = server.http.get(path)
    assert answer.status_code == 200, answer.text
    model.model_validate(answer.json())


def test_answers_in_an_archive(server: Server, ctx: Context, tmp_path: Path) -> None:
    files = {"problem.yaml": PROBLEM + "type: submit-answer\n", "data/secret/2.in": "3\n", "data/secret/2.ans": "6\n"}
    problems.import_package(ctx, write_package(tmp_path / "answers", dict(files)))

    def post(archive: str, **more: str) -> httpx.Response:
        body = {"problem": "answers", "language": "text", "archive": archive, **more}
        return server.http.post("submissions", json=body)

    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("mine/1.out", "42")
        packed.writestr("mine/2.out", "6\n")
    packed_text = base64.b64encode(archive.getvalue()).decode()
    answer = post(packed_text)
    assert answer.status_code == 202, answer.text
    kept = server.http.get(f"submissions/{answer.json()['id']}/source").json()
    assert kept == {"language": "text", "source": "=== 1 ===\n42\n=== 2 ===\n6\n"}

    for refused, told in (
        (post("UEsDBAo="), "cannot be unpacked"),
        (post("not base64!"), "archive"),
        (post(packed_text, source="1"), "not both"),
        (post(packed_text, problem="echo", language="python3"), "wants a program"),
    ):
        details = models.ProblemDetails.model_validate(refused.json())
        assert (refused.status_code, details.status) == (422, 422)
        assert refused.headers["content-type"] == "application/problem+json"
        assert told in details.detail


def test_a_contest_to_come_hides_its_problems_from_contestants(server: Server) -> None:
    with server.enrol("later", "Early", "early") as contestant:
        assert contestant.get("contests/later").json()["problems"] == []
        body = {"problem": "echo", "language": "python3", "source": "1", "contest": "later"}
        assert contestant.post("submissions", json=body).status_code == 409


def test_taking_part_twice_is_taking_part(server: Server) -> None:
    for _ in range(2):
        answer = server.http.post("contests/cup/registration")
        assert answer.status_code == 200, answer.text
        assert models.ContestWithProblems.model_validate(answer.json()).registered


def test_the_picture_of_a_statement_cannot_run_anything(server: Server) -> None:
    answer = server.http.get("problems/echo/files/dot.png")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_pdf_is_given_out_as_one_and_runs_nothing(server: Server, ctx: Context, tmp_path: Path) -> None:
    files: dict[str, str | None] = {"statement/problem.en.md": None, "statement/problem.en.pdf": "%PDF-1.4\n"}
    problems.import_package(ctx, write_package(tmp_path / "on-paper", files))
    shown = server.http.get("problems/on-paper").json()
    assert (shown["statement"], shown["statement_pdf"]) == ("", "statement.pdf")
    answer = server.http.get("problems/on-paper/files/statement.pdf")
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.4\n")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == 'inline; filename="on-paper-statement.pdf"'
    assert "sandbox" in answer.headers["content-security-policy"]
    for other in ("problem.en.pdf", "statement.PDF", "../problem.yaml", "problem.yaml"):
        assert server.http.get(f"problems/on-paper/files/{other}").status_code == 404
    assert server.http.get("problems/echo/files/statement.pdf").status_code == 404


def test_metrics_tell_what_waits_and_what_was_judged(server: Server, ctx: Context) -> None:
    judge(ctx, server.submit(server.http))
    server.submit(server.http)
    text = server.http.get("metrics").text
    for name in (
        'oj_queue_depth{lane="practice",language="python3",state="queued"}',
        'oj_queue_age_seconds{lane="practice",language="python3"}',
        'oj_judgements{language="python3",verdict="AC"}',
        'oj_phase_seconds_bucket{le="0.1",phase="queued"}',
        "oj_http_request_seconds_bucket",
        "oj_streams_open",
        "oj_graders_alive 0.0",
    ):
        assert name in text, name
