"""Importing problems, finding them, and showing each person what they may see."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from contest_support import make_contest, play
from package_support import PROBLEM, write_package
from sqlalchemy import select
from store_support import ADA, BOB, TEACHER, Judge, add_problem

from jupyter_oj_extension.domain.errors import InvalidRequest, JudgeError, NotFound, PackageError
from jupyter_oj_extension.services import accounts, contests, problems
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.problems import ProblemVersionRow
from jupyter_oj_extension.store.submissions import JudgementRow, SubmissionRow

NAMES = {
    "graph": ("Paths and Bridges", "hard", "[graphs, bfs]", "Find a path."),
    "hash": ("A 100% Match", "easy", "[hashing]", "Find the pair."),
    "walk": ("Graph Walk", "medium", "[graphs]", "Walk on."),
}


@pytest.fixture
def library(ctx: Judge, tmp_path: Path) -> Judge:
    """A store with three imported problems beside ``pairs``, which is taken away."""
    with ctx.session() as session:
        session.delete(problems.require(session, "pairs"))
    for slug, (name, difficulty, tags, statement) in NAMES.items():
        problems.import_package(ctx, package(tmp_path, slug, name, difficulty, tags, statement))
    return ctx


def package(tmp_path: Path, slug: str, name: str, difficulty: str, tags: str, statement: str) -> Path:
    changes = {
        "problem.yaml": PROBLEM.replace("Doubling", name),
        "jupyter_oj.yaml": f"difficulty: {difficulty}\ntags: {tags}\nhints: [Think.]\n",
        "statement/problem.en.md": statement + "\n\n![a tree](tree.png)\n",
        "statement/tree.png": "not really a picture",
        "solution/solution.en.md": "The trick.\n",
    }
    return write_package(tmp_path / "packages" / slug, dict(changes))


def judged(ctx: Judge, user: str, slug: str, verdict: str | None, kind: str = "submit") -> None:
    accounts.ensure_user(ctx, user)
    with ctx.session() as session:
        row = SubmissionRow(
            user_id=user, problem_id=slug, problem_version="v", language="python3", kind=kind, source="", body_hash=""
        )
        session.add(row)
        session.flush()
        session.add(
            JudgementRow(
                submission_id=row.id,
                user_id=user,
                language="python3",
                lane="practice",
                state="queued" if verdict is None else "done",
                verdict=verdict,
            )
        )


def found(ctx: Judge, who=ADA, **wanted) -> list[str]:
    return [item["id"] for item in problems.search(ctx, who, **wanted)["items"]]


def test_an_import_keeps_what_is_judged_and_only_that(library: Judge, tmp_path: Path) -> None:
    problem = problems.import_package(library, tmp_path / "packages" / "hash")
    assert problem.root == library.settings.problems_dir / problem.version
    assert problems.load_version(library, "hash", problem.version) == problem
    assert problem.cases[1].answer.read_text() == "42\n"
    assert not (problem.root / "submissions").exists()
    with pytest.raises(JudgeError, match="is not on this host"):
        problems.load_version(library, "hash", "0" * 64)
    with pytest.raises(JudgeError, match="is not on this host"):
        problems.load_version(library, "hash", "../../etc")


def test_a_changed_package_is_a_new_version_and_the_old_one_stays(library: Judge, tmp_path: Path) -> None:
    folder = tmp_path / "packages" / "hash"
    old = problems.get(library, ADA, "hash")["version"]
    (folder / "data" / "secret" / "1.ans").write_text("43\n")
    new = problems.import_package(library, folder).version
    assert problems.get(library, ADA, "hash")["version"] == new != old
    assert problems.load_version(library, "hash", old).cases[1].answer.read_text() == "42\n"
    assert problems.import_package(library, folder).version == new


def test_what_cannot_be_judged_is_refused_at_the_door(ctx: Judge, tmp_path: Path) -> None:
    for number, (changes, message) in enumerate(
        [
            ({"problem.yaml": PROBLEM + "type: interactive\n"}, "interactive or multi-pass problem needs one"),
            ({"jupyter_oj.yaml": "validator: custom\n"}, "there is no validator"),
            ({"problem.yaml": PROBLEM + "languages: [cobol]\n"}, "cobol"),
        ]
    ):
        with pytest.raises(PackageError, match=message):
            problems.import_package(ctx, write_package(tmp_path / f"p{number}", dict(changes)))
    with pytest.raises(PackageError, match="no such folder"):
        problems.import_package(ctx, tmp_path / "nowhere")
    assert not ctx.settings.problems_dir.exists()


SCORED: dict[str, str | None] = {
    "problem.yaml": PROBLEM + "type: [scoring, interactive]\n",
    "output_validator/validate.py": "exit(42)\n",
    "include/python3/given.py": "N = {{limit}}\n",
    "attachments/tool.py": "print()\n",
    "data/secret/1.in": None,
    "data/secret/1.ans": None,
    "data/secret/small/1.in": "hidden input\n",
    "data/secret/small/1.ans": "hidden answer\n",
    "data/secret/small/test_group.yaml": "max_score: 30\n",
    "data/secret/large/1.in": "hidden input\n",
    "data/secret/large/1.ans": "hidden answer\n",
    "data/secret/large/test_group.yaml": "max_score: 70\nrequire_pass: sample\n",
    "data/sample/1.interaction": "< 3\n> 4\n",
}


def test_a_scored_and_interactive_problem_comes_in_with_all_that_judging_needs(ctx: Judge, tmp_path: Path) -> None:
    problem = problems.import_package(ctx, write_package(tmp_path / "talk", SCORED))
    assert problem.root is not None
    kept = {str(path.relative_to(problem.root)) for path in problem.root.rglob("*") if path.is_file()}
    assert kept >= {"output_validator/validate.py", "include/python3/given.py", "data/secret/small/test_group.yaml"}
    assert not any(name.startswith("submissions") for name in kept)
    shown = problems.get(ctx, ADA, "talk")
    assert (shown["max_score"], shown["type"]) == (100.0, "interactive scoring")
    assert shown["groups"] == [
        {"group": "secret", "max": 100.0},
        {"group": "secret/large", "max": 70.0},
        {"group": "secret/small", "max": 30.0},
    ]
    assert shown["samples"] == [
        {
            "name": "1",
            "input": "",
            "output": "",
            "conversation": [{"who": "interactor", "text": "3\n"}, {"who": "program", "text": "4\n"}],
        }
    ]
    assert "hidden" not in str(shown)


def test_a_version_is_judged_on_whose_settings_would_be_refused_today(library: Judge) -> None:
    version = problems.get(library, ADA, "hash")["version"]
    settings = library.settings.problems_dir / version / "data" / "secret" / "test_group.yaml"
    settings.write_text("on_reject: continue\noutput_validator_args: [case_sensitive]\n")
    problem = problems.load_version(library, "hash", version)
    assert problem.cases[-1].validator_flags == ("case_sensitive",)


def test_a_version_from_before_scores_is_still_shown(library: Judge) -> None:
    with library.session() as session:
        row = session.execute(select(ProblemVersionRow).where(ProblemVersionRow.problem_id == "hash")).scalar_one()
        row.document = {key: value for key, value in row.document.items() if key not in ("max_score", "groups")}
    shown = problems.get(library, ADA, "hash")
    assert (shown["max_score"], shown["groups"]) == (None, [])


def test_one_problem_has_all_that_the_interface_promises(library: Judge) -> None:
    shown = problems.get(library, ADA, "hash")
    assert shown.keys() == {
        "id", "title", "difficulty", "tags", "status", "acceptance", "solved_by", "attempted_by", "contest", "version",
        "type", "statement", "samples", "limits", "languages", "starters", "hints", "tests", "editorial",
        "score", "max_score", "groups", "objective", "statement_pdf", "function",
    }  # fmt: skip
    assert shown["samples"] == [{"name": "1", "input": "1\n", "output": "2\n", "conversation": None}]
    assert shown["limits"] == {"cpu_s": 1.0, "memory_mib": 256, "output_kib": 8192, "source_kib": 128}
    assert (shown["languages"][:2], shown["tests"], shown["editorial"]) == (["python3", "cpp"], 2, None)
    assert shown["starters"].keys() == set(shown["languages"])
    assert "42" not in str(shown), "a secret answer is in the learner's view"


def test_the_editorial_comes_with_the_solution(library: Judge) -> None:
    judged(library, "ada", "hash", "WA")
    assert problems.get(library, ADA, "hash")["editorial"] is None
    judged(library, "ada", "hash", "AC")
    assert problems.get(library, ADA, "hash")["editorial"] == "The trick.\n"
    assert problems.get(library, BOB, "hash")["editorial"] is None
    assert problems.get(library, TEACHER, "hash")["editorial"] == "The trick.\n"


def test_search_by_words_in_title_tags_and_statement(library: Judge) -> None:
    assert found(library, q="GRAPH") == ["walk", "graph"], "a hit in the title comes first"
    assert found(library, q="find path") == ["graph"]
    assert found(library, q="hashing") == ["hash"]
    assert found(library, q="100%") == ["hash"]
    for nothing in ("%", "_", "\\", "'", "\0"):
        assert isinstance(found(library, q=nothing), list)
    assert found(library, q="10_") == []


def test_filters(library: Judge) -> None:
    assert found(library, difficulty=["hard", "easy"]) == ["hash", "graph"]
    assert found(library, tag=["graphs"]) == ["walk", "graph"]
    assert found(library, tag=["graphs", "bfs"]) == ["graph"]
    assert found(library, tag=["Graphs", "graphs"]) == ["walk", "graph"]
    assert found(library, tag=["\0"]) == []
    assert found(library, tag=["graphs", *(f"tag-{n}" for n in range(2000))]) == []
    judged(library, "ada", "walk", "AC")
    judged(library, "ada", "walk", "WA")
    judged(library, "ada", "graph", None)
    judged(library, "ada", "hash", "AC", kind="run")
    judged(library, "bob", "hash", "AC")
    assert found(library, status=["solved"]) == ["walk"]
    assert found(library, status=["tried", "unsolved"]) == ["graph", "hash"]
    assert found(library) == ["graph", "hash", "walk"], "begun first, solved last"
    assert problems.search(library, ADA)["tags"] == ["bfs", "graphs", "hashing"]


def test_figures_count_people_and_forget_runs_and_judge_errors(library: Judge) -> None:
    for user, verdict in (("ada", "WA"), ("ada", "AC"), ("ada", "AC"), ("bob", "WA"), ("cem", "JE"), ("dia", None)):
        judged(library, user, "hash", verdict)
    judged(library, "eve", "hash", "AC", kind="run")
    row = next(item for item in problems.search(library, ADA)["items"] if item["id"] == "hash")
    assert (row["solved_by"], row["attempted_by"], row["acceptance"], row["status"]) == (1, 2, 0.5, "solved")
    judged(library, "bob", "walk", "AC")
    assert found(library, BOB, sort="acceptance") == ["walk", "hash", "graph"]


def test_sorting_and_paging(library: Judge) -> None:
    assert found(library, sort="title") == ["hash", "walk", "graph"]
    assert found(library, sort="difficulty") == ["hash", "walk", "graph"]
    assert found(library, sort="newest")[0] == "walk"
    page = problems.search(library, ADA, sort="title", page=2, limit=2)
    assert ([item["id"] for item in page["items"]], page["total"], page["page"]) == (["graph"], 3, 2)
    for bad in ({"sort": "luck"}, {"page": 0}, {"limit": 500}, {"status": ["done"]}, {"difficulty": ["deadly"]}):
        with pytest.raises(InvalidRequest):
            problems.search(library, ADA, **bad)


def test_a_problem_of_a_contest_to_come_is_unseen_until_it_starts(library: Judge) -> None:
    start = now() + timedelta(hours=1)
    contests.create(
        library, id="cup", name="Cup", start=start, end=start + timedelta(hours=5), problems=["walk", "hash"]
    )
    assert found(library) == ["graph"] and found(library, contest="cup") == []
    assert found(library, TEACHER, contest="cup") == ["walk", "hash"]
    with pytest.raises(NotFound):
        problems.get(library, ADA, "walk")
    with pytest.raises(NotFound):
        problems.statement_file(library, ADA, "walk", "tree.png")
    with library.session() as session:
        contests.require(session, "cup").start = now() - timedelta(hours=1)
    assert found(library, contest="cup") == ["walk", "hash"], "in the contest's order"
    assert problems.get(library, ADA, "walk")["contest"] == {"id": "cup", "label": "A"}
    with pytest.raises(NotFound):
        problems.search(library, ADA, contest="nope")


def test_an_unlisted_problem_shows_only_in_its_contest(library: Judge, tmp_path: Path) -> None:
    problems.import_package(library, tmp_path / "packages" / "walk", listed=False)
    assert "walk" not in found(library) and "walk" in found(library, TEACHER)
    contests.create(library, id="cup", name="Cup", start=now(), end=now() + timedelta(hours=1), problems=["walk"])
    assert "walk" in found(library)


def test_pictures_and_nothing_else_are_given_out(library: Judge) -> None:
    assert problems.statement_file(library, ADA, "hash", "tree.png").read_text() == "not really a picture"
    for name in ("problem.en.md", "../problem.yaml", "..", "", "nope.png", "../data/secret/1.ans", "tree.png\0"):
        with pytest.raises(NotFound):
            problems.statement_file(library, ADA, "hash", name)


def test_unknown_problems(ctx: Judge) -> None:
    for slug in ("nope", "x" * 200, "nul\0", "../etc"):
        with pytest.raises(NotFound):
            problems.get(ctx, ADA, slug)


def test_the_contest_shows_its_own_figures(ctx: Judge) -> None:
    make_contest(ctx, freeze_s=3600)
    play(ctx, "ada", "apples", 100, "AC")
    play(ctx, "bob", "apples", 3700, "AC")
    first = contests.get(ctx, ADA, "cup")["problems"][0]
    assert (first["label"], first["status"], first["solved_by"], first["attempted_by"]) == ("A", "solved", 1, 2)
    assert contests.get(ctx, BOB, "cup")["problems"][0]["status"] == "solved", "my own verdict is mine to see"


def test_no_figure_looks_behind_a_freeze(ctx: Judge) -> None:
    make_contest(ctx, freeze_s=3600)
    play(ctx, "ada", "apples", 100, "AC")
    play(ctx, "bob", "apples", 3700, "AC")
    play(ctx, "bob", "bricks", 3701, "AC")

    def figures() -> list[tuple[int, int, float | None]]:
        rows = problems.search(ctx, ADA, contest="cup")["items"][:2]
        return [(row["solved_by"], row["attempted_by"], row["acceptance"]) for row in rows]

    assert figures() == [(1, 1, 1.0), (0, 0, None)]
    contests.thaw(ctx, "cup")
    assert figures() == [(2, 2, 1.0), (1, 1, 1.0)]


def test_problems_of_a_bare_row_do_not_break_the_list(ctx: Judge) -> None:
    add_problem(ctx, "bare")
    assert found(ctx, q="bare") == ["bare"]
