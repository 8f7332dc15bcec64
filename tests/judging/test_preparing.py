"""Which languages a grader serves: what is remembered of them, and what it tells of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jupyter_oj_extension.broker import LaneCycle, queue_names
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_graders.image_list import JURY, images_by_need
from jupyter_oj_graders.preparing import Proven
from jupyter_oj_graders.readiness import Finding
from jupyter_oj_graders.serving import Served

WORKS, FAILS = Finding("language python3", True, "3.11"), Finding("language cpp", False, "no image")


def test_a_language_is_proven_until_it_or_its_image_changes(languages: dict[str, Language], tmp_path: Path) -> None:
    path, cpp = tmp_path / "state" / "languages.json", languages["cpp"]
    Proven(path).keep(cpp, ("run", "compile"), "12.2")
    assert Proven(path).version(cpp, ("run", "compile")) == "12.2"
    assert Proven(path).version(cpp, ("run", "newer")) is None
    assert Proven(path).version(replace(cpp, run_argv=("{artefact}", "-x")), ("run", "compile")) is None
    assert Proven(path).version(languages["python3"], ("run",)) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cpp": 1}', '{"cpp": ["a"]}'])
def test_a_spoilt_memory_is_no_fault(languages: dict[str, Language], tmp_path: Path, content: str) -> None:
    path = tmp_path / "languages.json"
    path.write_text(content)
    proven = Proven(path)
    assert proven.version(languages["cpp"], ("run",)) is None
    proven.keep(languages["cpp"], ("run",), "12.2")
    assert Proven(path).version(languages["cpp"], ("run",)) == "12.2"


class Consumer:
    """Celery's, as far as it is used: calls at once, and remembers."""

    def __init__(self) -> None:
        self.queues: list[str] = []

    def call_soon(self, call: Any, *arguments: Any) -> None:
        call(*arguments)

    def add_task_queue(self, queue: str) -> None:
        self.queues.append(queue)


class Heard:
    """A presence that only remembers what it was told."""

    def __init__(self) -> None:
        self.last: dict[str, Any] = {}

    def tell(self, **changes: Any) -> None:
        self.last |= changes


def test_languages_are_served_as_they_become_ready() -> None:
    heard, consumer = Heard(), Consumer()
    served = Served(heard, ())
    served.doing("testing C++ (2 of 3)")
    assert heard.last["reason"] == "testing C++ (2 of 3)" and not heard.last["ready"]
    served.found("python3", WORKS)
    served.found("cpp", FAILS)
    assert "no image" in served.reason()
    assert served.start() == queue_names(["python3"])
    served.found("c", Finding("language c", True, "12.2"))  # after the queues were named, before the worker is there
    served.ready(consumer)
    assert consumer.queues == queue_names(["c"])
    assert (heard.last["ready"], heard.last["languages"]) == (True, {"python3": "3.11", "c": "12.2"})
    served.found("cpp", Finding("language cpp", True, "12.2"))  # it was tried again
    served.found(None, Finding("image oj-jury-scripts", True, "built"))  # is told, and is no language
    served.doing(None)
    assert consumer.queues == queue_names(["c"]) + queue_names(["cpp"])
    assert heard.last["languages"].keys() == {"python3", "c", "cpp"}
    assert heard.last["reason"] is None and len(heard.last["report"]) == 4


@pytest.mark.podman
def test_images_that_no_language_needs_come_last(tmp_path: Path) -> None:
    environment = os.environ | {"OJ_STATE_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "jupyter_oj_graders.preparing", "bash"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=True).stdout
    *_, bash, scripts = [json.loads(line) for line in said.splitlines() if "finding" in line]
    assert (bash["language"], bash["finding"]["ok"]) == ("bash", True)
    assert scripts == {"finding": {"name": "image oj-jury-scripts", "ok": True, "detail": "built"}}


def test_an_image_is_built_once_for_all_who_need_it(languages: dict[str, Language]) -> None:
    by_need = {spec.name: who for spec, who in images_by_need(languages.values(), jury=True).items()}
    assert by_need["oj-cpp-compile"] == ["cpp", "c"]
    assert list(by_need.items())[-1] == ("oj-jury-scripts", [JURY])
    assert JURY not in languages
    assert "oj-jury-scripts" not in {spec.name for spec in images_by_need(languages.values(), jury=False)}


def test_lanes_come_before_languages_whenever_those_were_added() -> None:
    cycle = LaneCycle()
    cycle.update([*queue_names(["python3"]), *queue_names(["java"])])
    assert cycle.consume(9) == queue_names(["python3", "java"])
    assert cycle.consume(1) == ["oj.python3.contest"]
