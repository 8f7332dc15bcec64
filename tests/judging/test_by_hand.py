"""The parts of judging by hand that need no sandbox: what is named, time limits, slots as processes, what is said."""

from __future__ import annotations

import os
import signal
import time
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from package_support import write_package

from jupyter_oj_extension import packages, plugins
from jupyter_oj_extension.domain.errors import JudgeError, OJError, Unprocessable
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Timing
from jupyter_oj_graders.byhand import findings, opening, timing, verifying
from jupyter_oj_graders.byhand.fleet import Fleet, Order, Work
from jupyter_oj_graders.byhand.inspection import Check, input_flags

LEGACY = Timing(stated=False, ac_to_time_limit=5, time_limit_to_tle=2)
NEW = Timing(stated=False)


@pytest.mark.parametrize(
    ("rule", "slowest_s", "limit_s"),
    [(LEGACY, 0.0, 1), (LEGACY, 0.29, 1), (LEGACY, 0.3, 2), (LEGACY, 1.0, 5), (NEW, 0.0, 1), (NEW, 0.5, 1),
     (NEW, 0.51, 2), (NEW, 1.5, 3), (replace(NEW, resolution_s=0.1), 0.16, 0.4)],
)  # fmt: skip
def test_a_time_limit_is_inferred_by_the_rule_of_the_format(rule: Timing, slowest_s: float, limit_s: float) -> None:
    assert timing.inferred_s(rule, slowest_s, legacy=rule is LEGACY) == pytest.approx(limit_s)


def test_a_submission_is_a_file_several_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a" / "deep").mkdir(parents=True)
    for name in ("a/main.py", "a/deep/x.py", "b.py", "main.py"):
        (tmp_path / name).write_text(name)
    assert [file.name for file in opening.submission([tmp_path / "b.py"])] == ["b.py"]
    assert {file.name for file in opening.submission([tmp_path / "a"])} == {"main.py", "deep/x.py"}
    assert len(opening.submission([tmp_path / "b.py", tmp_path / "a/main.py"])) == 2
    with pytest.raises(Unprocessable, match=r"two files of the name main\.py"):
        opening.submission([tmp_path / "main.py", tmp_path / "a"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unprocessable, match="no file to judge"):
        opening.submission([tmp_path / "empty"])


def test_the_language_is_told_by_the_name_or_by_its_own(tmp_path: Path, languages: dict[str, Language]) -> None:
    problem = packages.read(write_package(tmp_path / "p"))
    (tmp_path / "x.py").write_text("")
    (tmp_path / "x.zzz").write_text("")
    python, strange = opening.submission([tmp_path / "x.py"]), opening.submission([tmp_path / "x.zzz"])
    assert opening.language_of(problem, python, languages, None) == "python3"
    assert opening.language_of(problem, strange, languages, "cpp") == "cpp"
    answers = replace(problem, type="submit-answer pass-fail")
    assert opening.language_of(answers, strange, languages, None) == "text"
    for files, named in ((strange, None), (python, "cobol")):
        with pytest.raises(Unprocessable):
            opening.language_of(problem, files, languages, named)


def test_tests_are_chosen_by_pattern(tmp_path: Path) -> None:
    problem = packages.read(write_package(tmp_path / "p", {"data/secret/02.in": "2\n", "data/secret/02.ans": "4\n"}))
    names = {pattern: [case.name for case in opening.chosen(problem, pattern)] for pattern in ("1", "secret/*", "0*")}
    assert names == {"1": ["sample/1", "secret/1"], "secret/*": ["secret/02", "secret/1"], "0*": ["secret/02"]}
    with pytest.raises(Unprocessable, match="no test is named nothing"):
        opening.chosen(problem, "nothing")


def test_an_archive_is_unpacked_for_a_while(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "doubling")
    with zipfile.ZipFile(tmp_path / "doubling.zip", "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(tmp_path))
    with opening.package_folders([folder, tmp_path / "doubling.zip"]) as (plain, unpacked):
        assert (plain, packages.read(unpacked).slug) == (folder, "doubling")
    assert not unpacked.exists()
    with zipfile.ZipFile(tmp_path / "A.zip", "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(folder))
    with opening.package_folders([tmp_path / "A.zip"]) as (unpacked,):
        assert packages.read(unpacked).slug == "a"


def test_arguments_of_input_validators_come_from_the_nearest_file(tmp_path: Path) -> None:
    folder = write_package(
        tmp_path / "p",
        {
            "data/test_group.yaml": "input_validator_args: [outer]\n",
            "data/secret/test_group.yaml": "input_validator_args: {one: [inner, 5], two: []}\n",
        },
    )
    problem, files = packages.read(folder), packages.files.PackageFiles(folder)
    sample, secret = problem.cases
    assert input_flags(files, sample, "one") == ("outer",)
    assert (input_flags(files, secret, "one"), input_flags(files, secret, "two")) == (("inner", "5"), ())


def test_arguments_of_a_legacy_input_validator_may_name_it(tmp_path: Path) -> None:
    changes: dict[str, str | None] = {
        "problem.yaml": "name: P\n",
        "data/secret/testdata.yaml": "input_validator_flags: {name: one, flags: --max 'a b'}\n",
    }
    folder = write_package(tmp_path / "p", changes)
    case, files = packages.read(folder).cases[1], packages.files.PackageFiles(folder)
    assert (input_flags(files, case, "one"), input_flags(files, case, "two")) == (("--max", "a b"), ())


def test_a_solution_of_which_the_score_is_told_sets_the_time_limit_too(
    tmp_path: Path, languages: dict[str, Language]
) -> None:
    changes: dict[str, str | None] = {
        f"submissions/{name}.py": "# @EXPECTED_SCORE@: 5\n" for name in ("accepted/ok", "partially_accepted/half")
    }
    entries = verifying.subject(write_package(tmp_path / "p", changes), languages, None).entries
    assert [(one.name, one.sets_the_limit) for one in entries] == [
        ("accepted/ok.py", True),
        ("partially_accepted/half.py", False),
    ]


# What is said of a package


def document(
    verdict: str, runs: list[tuple[str, str]], total: int, time_s: float = 0.1, unmet: str = ""
) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "time_s": time_s,
        "tests_total": total,
        "runs": [{"case": case, "verdict": code} for case, code in runs],
        "unmet": [unmet] if unmet else [],
        "score": None,
    }


@pytest.fixture
def verified(tmp_path: Path, languages: dict[str, Language]) -> verifying.Verified:
    folder = write_package(tmp_path / "p", {"submissions/wrong_answer/no.py": "print(1)\n"})
    return verifying.Verified(verifying.subject(folder, languages, None), cpu_s=1.0)


def test_all_is_well_when_each_got_what_it_must(verified: verifying.Verified, languages: dict[str, Language]) -> None:
    five = [(f"secret/{n}", "AC") for n in range(5)]
    verified.checks = [Check("input validators", None, "there are none")]
    verified.results = {
        "accepted/ok.py": document("AC", five, 5, time_s=0.6),
        "wrong_answer/no.py": document("WA", [*five[:4], ("secret/4", "WA")], 5),
    }
    assert findings.package_ok(verified)
    assert findings.warnings(verified, languages) == [
        "input validators: there are none",
        "accepted/ok.py: accepted, but it takes 0.60 s of 1 s",
        "wrong_answer/no.py: wrong on one test only, secret/4",
    ]
    shown = findings.document(verified, languages)
    assert shown["ok"] and [one["ok"] for one in shown["submissions"]] == [True, True]


@pytest.mark.parametrize("spoil", ["verdict", "check", "fault", "missing"])
def test_all_is_not_well_otherwise(spoil: str, verified: verifying.Verified) -> None:
    verified.results = {
        "accepted/ok.py": document("AC", [], 0),
        "wrong_answer/no.py": document("WA", [("secret/1", "WA")], 1),
    }
    match spoil:
        case "verdict":
            verified.results["accepted/ok.py"] = document("WA", [], 0, unmet="got WA, must get AC")
        case "check":
            verified.checks = [Check("answers", False, "not secret/1")]
        case "fault":
            verified.results["accepted/ok.py"] = JudgeError("the sandbox failed")
        case _:
            del verified.results["accepted/ok.py"]
    assert not findings.package_ok(verified)
    assert findings.judge_failed(verified) == (spoil == "fault")


# Slots as processes


@contextmanager
def counting(number: int, _core: int | None) -> Iterator[Work]:
    def work(order: Order) -> Generator[Any, None, Any]:
        if order.get("fail"):
            raise JudgeError("as told")
        if order.get("die"):
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(order.get("sleep_s", 0))
        yield {"half": order["n"]}
        return order["n"] * 2

    yield work


class Sweeps:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


def ignore(_index: int, _step: Any) -> None:
    """A listener."""


def test_results_come_in_the_order_of_the_orders() -> None:
    steps: list[tuple[int, Any]] = []
    sweep = Sweeps()
    with Fleet([None, None], counting, sweep) as fleet:
        orders = [{"n": n, "sleep_s": 0.05 if n == 0 else 0} for n in range(6)]
        assert fleet.run(orders, lambda index, step: steps.append((index, step))) == [0, 2, 4, 6, 8, 10]
        assert fleet.run([], ignore) == []
    assert sorted(index for index, step in steps if step is None) == list(range(6))
    assert (3, {"half": 3}) in steps and sweep.count == 0


def test_a_fault_is_a_result_and_the_slot_serves_on() -> None:
    with Fleet([None], counting, Sweeps()) as fleet:
        failed, fine = fleet.run([{"n": 1, "fail": True}, {"n": 2}], ignore)
    assert isinstance(failed, JudgeError) and failed.detail == "as told" and fine == 4


def test_a_slot_that_dies_is_told_and_swept() -> None:
    sweep = Sweeps()
    with Fleet([None, None], counting, sweep) as fleet:
        results = fleet.run([{"n": 1, "die": True}, *({"n": n} for n in range(2, 5))], ignore)
    assert isinstance(results[0], JudgeError) and results[1:] == [4, 6, 8]
    assert sweep.count == 1


def test_no_slot_left_is_an_error_and_no_endless_wait() -> None:
    with pytest.raises(JudgeError, match="every judging slot has ended"), Fleet([None], counting, Sweeps()) as fleet:
        fleet.run([{"n": 1, "die": True}, {"n": 2}], ignore)


def test_a_slot_that_does_not_open_says_why() -> None:
    @contextmanager
    def closed(_number: int, _core: int | None) -> Iterator[Work]:
        raise JudgeError("no sandbox here")
        yield  # type: ignore[unreachable]

    with Fleet([None], closed, Sweeps()) as fleet:
        (result,) = fleet.run([{"n": 1}], ignore)
    assert isinstance(result, OJError) and result.detail == "no sandbox here"


@pytest.mark.parametrize("end", [KeyboardInterrupt, RuntimeError])
def test_an_interrupt_ends_the_slots_and_sweeps(end: Callable[[], BaseException]) -> None:
    sweep = Sweeps()

    def stop(_index: int, _step: Any) -> None:
        raise end()

    with pytest.raises(BaseException), Fleet([None, None], counting, sweep) as fleet:  # noqa: B017
        processes = [process for process, _ in fleet._slots]
        fleet.run([{"n": 1}, {"n": 2, "sleep_s": 60}], stop)
    assert sweep.count == 1
    assert all(process.exitcode is not None for process in processes)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_every_language_that_is_built_in_can_be_named() -> None:
    assert {"python3", "cpp", "text"} <= set(plugins.languages())
