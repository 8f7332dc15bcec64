"""``jupyter oj judge`` and ``jupyter oj problem verify`` as a person runs them: status, output, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from package_support import PROBLEM, write_package

from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.image_specs import sandbox_settings
from jupyter_oj_sandbox.pool import open_engine

pytestmark = [pytest.mark.podman, pytest.mark.long]

Command = Callable[..., subprocess.CompletedProcess[str]]

SUBMISSIONS: dict[str, str | None] = {
    "submissions/wrong_answer/adds.py": "print(2 + int(input()))\n",
    "submissions/run_time_error/divides.py": "n = int(input())\nprint(2 * n if n != 3 else n // 0)\n",
    "submissions/time_limit_exceeded/for_ever.py": "while True: pass\n",
    "submissions/compile_error/no.cpp": "int main() { return nothing; }\n",
    "submissions/accepted/ok.cpp": "#include <iostream>\nint main() { int n; std::cin >> n; std::cout << 2 * n; }\n",
    "input_validators/validate.py": "import sys\nsys.exit(42 if sys.stdin.read().strip().isdigit() else 43)\n",
    "data/secret/2.in": "3\n",
    "data/secret/2.ans": "6\n",
}


def environment(tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("OJ_")}
    return {**kept, "OJ_STATE_DIR": str(tmp_path / "state"), "OJ_CONFIG": os.devnull, "NO_COLOR": "1"}


@pytest.fixture
def command(tmp_path: Path) -> Command:
    def run(*words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "jupyter_oj_extension.cli", *map(str, words)],
            env=environment(tmp_path) | env,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )

    return run


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "doubling", SUBMISSIONS)


def answer(ran: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The one JSON object on standard output."""
    parsed = json.loads(ran.stdout)
    assert isinstance(parsed, dict)
    return parsed


def test_judge_says_the_verdict_by_its_exit_status(command: Command, package: Path) -> None:
    accepted = command("judge", package, package / "submissions/accepted/ok.py")
    assert accepted.returncode == 0, accepted.stderr
    assert "AC Accepted · 3 of 3 tests" in accepted.stdout and "secret/2" in accepted.stdout
    wrong = command("judge", package, package / "submissions/wrong_answer/adds.py")
    assert wrong.returncode == 1
    assert "expected “2”, found “3”" in wrong.stdout and "WA Wrong answer · test 1 of 3" in wrong.stdout
    broken = command("judge", package, package / "submissions/compile_error/no.cpp", "--json")
    assert (broken.returncode, answer(broken)["verdict"]) == (1, "CE")
    assert "nothing" in answer(broken)["compiler_output"]


def test_judge_answers_in_json_with_hidden_tests_open(command: Command, package: Path) -> None:
    source = package / "submissions/run_time_error/divides.py"
    found = answer(command("judge", package, source, "--json", "--no-stop"))
    assert {key: found[key] for key in ("verdict", "score", "max_score", "failing", "tests_total")} == {
        "verdict": "RTE", "score": None, "max_score": None, "failing": 3, "tests_total": 3,
    }  # fmt: skip
    assert [(run["case"], run["verdict"]) for run in found["runs"]] == [
        ("sample/1", "AC"), ("secret/1", "AC"), ("secret/2", "RTE"),
    ]  # fmt: skip
    hidden = found["runs"][2]
    assert hidden["input"] == "3\n" and "ZeroDivisionError" in hidden["error"] and hidden["exit_code"] == 1
    assert found["time_s"] > 0 and found["memory_kib"] > 0


def test_judge_takes_chosen_tests_and_another_limit(command: Command, package: Path) -> None:
    source = package / "submissions/time_limit_exceeded/for_ever.py"
    found = answer(command("judge", package, source, "--json", "--tests", "secret/2", "--time-limit", "0.2"))
    (run,) = found["runs"]
    assert (run["case"], run["verdict"], found["time_limit_s"]) == ("secret/2", "TLE", 0.2)
    assert run["cpu_s"] < 1


def test_judge_takes_a_folder_of_files(command: Command, package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "main.py").write_text("from helper import twice\n\nprint(twice(int(input())))\n")
    (folder / "helper.py").write_text("def twice(n: int) -> int:\n    return 2 * n\n")
    ran = command("judge", package, folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--language", "cobol"], "no language 'cobol'"),
        (["--tests", "9*"], "no test is named 9*"),
        (["--time-limit", "-1"], "Invalid value"),
    ],
)
def test_judge_refuses_what_it_cannot_read(command: Command, package: Path, words: list[str], said: str) -> None:
    ran = command("judge", package, package / "submissions/accepted/ok.py", *words)
    assert ran.returncode == 2 and said in ran.stderr and not ran.stdout


def test_faults_of_ours_have_a_status_of_their_own(command: Command, package: Path) -> None:
    source = package / "submissions/accepted/ok.py"
    nobody = command("judge", package, source, OJ_SANDBOX_ACCOUNT="oj-nobody-at-all")
    if os.getuid() == 0:  # an ordinary user's containers are its own, whatever the setting
        assert nobody.returncode == 3 and "cannot judge" in nobody.stderr and "jupyter oj setup" in nobody.stderr
    (package / "output_validator").mkdir()
    (package / "output_validator" / "check.py").write_text("import sys\nsys.exit(1)\n")
    faulty = command("judge", package, source, "--json")
    assert faulty.returncode == 3 and not faulty.stdout and "output validator" in faulty.stderr
    (package / "problem.yaml").write_text("problem_format_version: 1066\n")
    assert command("judge", package, source).returncode == 2


def test_verify_accepts_a_good_package(command: Command, package: Path) -> None:
    ran = command("problem", "verify", package)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for line in ("✓ doubling Doubling", "✓ input_validators/validate.py: accepts 3 inputs", "6 submissions"):
        assert line in ran.stdout
    row = next(line for line in ran.stdout.splitlines() if "divides.py" in line)
    assert "A AR" in row


def test_verify_names_what_is_wrong(command: Command, tmp_path: Path) -> None:
    changes: dict[str, str | None] = {
        **SUBMISSIONS,
        "submissions/accepted/wrong.py": "print(42)\n",
        "data/secret/3.in": "-1\n",
        "data/secret/3.ans": "-2\n",
        "submissions/run_time_error/divides.py": None,
    }
    bad = write_package(tmp_path / "bad", changes)
    ran = command("problem", "verify", bad, write_package(tmp_path / "good"), "--json")
    found = answer(ran)
    assert ran.returncode == 1 and not found["ok"]
    first, second = found["packages"]
    assert (first["ok"], second["ok"]) == (False, True)
    assert [check["name"] for check in first["checks"] if not check["ok"]] == ["input_validators/validate.py"]
    assert "secret/3 (exit code 43)" in first["checks"][0]["detail"]
    wrong = {one["submission"] for one in first["submissions"] if not one["ok"]}
    assert wrong == {"accepted/wrong.py"}


def test_verify_runs_programs_as_the_package_says_they_lie_and_begin(command: Command, tmp_path: Path) -> None:
    """Included and submitted data in the working folder, an entry point, constants, a validator's arguments and files;
    what no language here knows is passed over."""
    changes: dict[str, str | None] = {
        "problem.yaml": PROBLEM + "constants: {factor: 2}\n",
        "include/default/factor.txt": "{{factor}}\n",
        "submissions/accepted/ok.py": "print({{factor}} * int(input()))\n",
        "submissions/accepted/reads.py": "print(int(open('factor.txt').read()) * int(input()))\n",
        "submissions/accepted/ok.cpp": "#include <fstream>\n#include <iostream>\nint main() { int n, f; "
        'std::cin >> n; std::ifstream("factor.txt") >> f; std::cout << f * n; }\n',
        "submissions/accepted/several/last.py": "import first\nprint(first.twice(int(input())))\n",
        "submissions/accepted/several/first.py": "def twice(n): return n * int(open('own.txt').read())\n",
        "submissions/accepted/several/own.txt": "2\n",
        "submissions/submissions.yaml": "accepted/several: {entrypoint: last.py}\n"
        "accepted/reads.py: {entrypoint: reads.py}\n",
        "submissions/accepted/ok.hs": "main = interact id\n",
        "submissions/accepted/README.md": "Solutions.\n",
        "data/secret/1.yaml": "args: [given]\ninput_validator_args: [own]\n",
        "data/secret/1.files/f.txt": "here\n",
        "data/secret/No Test.in": "1\n",
        "input_validators/validate.py": "import os, sys\n"
        "sys.exit(42 if sys.argv[1:] == ['own', 'given'] * os.path.exists('f.txt') else 43)\n",
    }
    ran = command("problem", "verify", write_package(tmp_path / "p", changes), "--json")
    (found,) = answer(ran)["packages"]
    assert ran.returncode == 0, ran.stdout
    assert len(found["submissions"]) == 4
    told = " ".join(found["warnings"])
    assert "no language here has such files: accepted/README.md, accepted/ok.hs" in told
    assert "names: passed over" in told and "data/secret/No Test.in" in told
    constants = tmp_path / "p" / "submissions" / "accepted" / "ok.py"
    assert command("judge", tmp_path / "p", constants).returncode == 0


def test_verify_infers_a_time_limit(command: Command, tmp_path: Path) -> None:
    limits = "limits:\n  time_multipliers:\n    ac_to_time_limit: 4\n  time_resolution: 0.5\n"
    slow = "n = int(input())\nfor _ in range(3_000_000): pass\nprint(2 * n)\n"
    folder = write_package(
        tmp_path / "slow",
        {
            "problem.yaml": PROBLEM + limits,
            "submissions/accepted/ok.py": slow,
            "submissions/time_limit_exceeded/for_ever.py": "while True: pass\n",
        },
    )
    ran = command("problem", "verify", folder, "--json", "--jobs", "1")
    (found,) = answer(ran)["packages"]
    assert ran.returncode == 0, ran.stdout
    slowest_s = next(one["judgement"]["time_s"] for one in found["submissions"] if "ok.py" in one["submission"])
    assert found["time_limit_inferred"] and found["time_limit_s"] % 0.5 == 0
    assert 4 * slowest_s <= found["time_limit_s"] + 0.01 < 4 * slowest_s + 0.6


def test_verify_says_which_package_cannot_be_read(command: Command, tmp_path: Path) -> None:
    write_package(tmp_path / "good")
    broken = write_package(tmp_path / "broken", {"data/secret/1.ans": None})
    ran = command("problem", "verify", tmp_path / "good", broken, "--only", "accepted/*")
    assert ran.returncode == 2 and "data/secret/1.ans: is missing" in ran.stderr and "✓ good" in ran.stdout


def test_verify_is_content_with_the_samples_of_other_kinds(command: Command) -> None:
    """A part of them; `make demo` and its test judge them all."""
    tour = Path(__file__).parents[2] / "contest_notebooks" / "judge-tour"
    ran = command("problem", "verify", *(tour / name for name in ("signs", "flags", "necklace")), "--json")
    found = answer(ran)
    assert ran.returncode == 0, [one for each in found["packages"] for one in each["submissions"] if not one["ok"]]
    scores = {one["submission"]: one["judgement"]["score"] for one in found["packages"][0]["submissions"]}
    assert (scores["wrong_answer/half.out"], scores["accepted/in_one_cell.out"]) == (50, 100)
    assert all(check["ok"] for each in found["packages"] for check in each["checks"])


# Interrupted, and two at once


def cgroups() -> set[str]:
    engine = open_engine(sandbox_settings(Settings.load()))
    return {name for name in engine.hierarchy.names() if name.startswith("oj-hand")}


def wait_for(condition: Callable[[], object], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def running(tmp_path: Path, package: Path) -> Iterator[subprocess.Popen[str]]:
    """A verification in the middle of a program that does not end."""
    (package / "problem.yaml").write_text(PROBLEM + "limits:\n  time_limit: 100\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_oj_extension.cli", "problem", "verify", str(package), "--only", "for_ever.py"],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_no_container(running: subprocess.Popen[str], number: signal.Signals) -> None:
    before = {name for name in cgroups() if not _of(name, running.pid)}
    wait_for(lambda: cgroups() - before)
    time.sleep(0.5)
    os.killpg(running.pid, number) if number is signal.SIGINT else running.send_signal(number)
    said, _ = running.communicate(timeout=100)
    assert running.returncode == 130 and "interrupted" in said
    assert cgroups() <= before


def _of(name: str, pid: int) -> bool:
    """Whether a container's owner is a child of `pid`."""
    try:
        stat = Path(f"/proc/{name.split('-')[2]}/stat").read_text()
    except (OSError, IndexError):
        return False
    return int(stat.rpartition(")")[2].split()[1]) == pid


def test_two_at_once_do_not_disturb_each_other(
    running: subprocess.Popen[str], command: Command, tmp_path: Path
) -> None:
    wait_for(lambda: any(_of(name, running.pid) for name in cgroups()))
    other = write_package(tmp_path / "other", SUBMISSIONS)
    ran = command("problem", "verify", other, "--only", "accepted/*")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert running.poll() is None, running.communicate()[0]
    assert any(_of(name, running.pid) for name in cgroups())
