"""A learner's program looks through everything it can reach for the answers of its own problem: its files, its
descriptors, its memory, all of /proc. Whatever judges it, they were never in its sandbox; nor does an interactor's or a
validator's container ever run it."""

from __future__ import annotations

from pathlib import Path

import pytest
from by_hand import judged

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_sandbox.api import Sandbox

pytestmark = pytest.mark.podman

MARKER = "ANSWER-OF-THE-JURY"
SEARCH = r"""
import os, re
pattern = re.compile(rb"ANSWER[-]OF[-]THE[-]JURY")
input()
found = []
def search(name, data):
    if pattern.search(data):
        found.append(name)
for root in ("/box", "/scratch", "/etc", "/opt", "/var", "/dev/shm"):
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            try:
                if os.path.isfile(path):
                    search(path, open(path, "rb").read(1 << 20))
            except OSError:
                pass
for pid in filter(str.isdigit, os.listdir("/proc")):
    for name in ("environ", "cmdline", "fd/0", "fd/3"):
        try:
            descriptor = os.open(f"/proc/{pid}/{name}", os.O_RDONLY | os.O_NONBLOCK)
            search(f"{pid} {name}", os.read(descriptor, 1 << 20))
        except OSError:
            pass
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps.readlines():
        (low, high), mode = (int(word, 16) for word in line.split()[0].split("-")), line.split()[1]
        try:
            memory.seek(low)
            search(line, memory.read(min(high - low, 64 << 20)) if mode[0] == "r" else b"")
        except (OSError, OverflowError, ValueError):
            pass
print("clean" if not found else found, flush=True)
"""
VALIDATOR = """
import sys
sys.exit(42 if sys.stdin.readline().strip() == "clean" and "{marker}" in open(sys.argv[2]).read() else 43)
"""
INTERACTOR = """
import sys
print("go", flush=True)
sys.exit(42 if sys.stdin.readline().strip() == "clean" and "{marker}" in open(sys.argv[2]).read() else 43)
"""


def package(folder: Path, type: str, validator: str | None) -> Path:
    secret = folder / "data" / "secret"
    secret.mkdir(parents=True)
    for number in range(4):
        (secret / f"{number}.in").write_text("go\n")
        (secret / f"{number}.ans").write_text(f"clean {MARKER} {number}\n" * 50 if validator else "clean\n")
        (secret / f"{number}.desc").write_text(f"{MARKER}\n")
    (folder / "statement").mkdir()
    (folder / "statement" / "problem.en.md").write_text("Do it.\n")
    (folder / "problem.yaml").write_text(
        f"problem_format_version: 2025-09\nname: Marker\ntype: {type}\nuuid: 5ca6ba5b-36d5-4eff-8aa7-d967cbc4375f\n"
        "limits:\n  time_limit: 5\n  memory: 256\n"
    )
    if validator:
        (folder / "output_validator").mkdir()
        (folder / "output_validator" / "validate.py").write_text(validator.format(marker=MARKER))
    return folder


@pytest.mark.parametrize(
    ("type", "validator"),
    [("pass-fail", None), ("pass-fail", VALIDATOR), ("interactive", INTERACTOR)],
    ids=["tokens", "validator", "interactor"],
)
def test_answers_are_nowhere_in_a_learners_sandbox(
    type: str, validator: str | None, tmp_path: Path, real_sandbox: Sandbox, languages: dict[str, Language]
) -> None:
    problem = packages.read(package(tmp_path / "marker", type, validator))
    outcome = judged(problem, "python3", SEARCH, real_sandbox, languages)
    assert outcome.verdict is Verdict.AC, outcome


def test_the_search_does_find_what_is_there(
    tmp_path: Path, real_sandbox: Sandbox, languages: dict[str, Language]
) -> None:
    problem = packages.read(package(tmp_path / "marker", "pass-fail", VALIDATOR))
    planted = SEARCH.replace("found = []", f"found = []; kept = {MARKER!r}")
    assert judged(problem, "python3", planted, real_sandbox, languages).verdict is Verdict.WA
