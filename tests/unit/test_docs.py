"""Documentation is part of the change: what the code has, the pages name."""

from __future__ import annotations

import importlib
import re
from dataclasses import fields
from pathlib import Path

import pytest

from jupyter_oj_extension.domain.language import ImageRecipe, Language
from jupyter_oj_extension.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_documented_with_nothing_left_over() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert documented == {field.name for field in fields(Settings)}


def test_the_languages_page_is_that_of_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    page = (ROOT / "docs" / "languages.md").read_text()
    assert importlib.import_module("languages_table").table() in page, "run python docs/languages_table.py"
    assert (ROOT / "tests" / "judging" / "lua.toml").read_text() in page
    keys = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]*) \|", page, re.MULTILINE))))
    known = {field.name for kind in (Language, ImageRecipe) for field in fields(kind)}
    assert known <= keys


def test_every_link_of_the_pages_leads_somewhere() -> None:
    missing = []
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text()):
            if not (page.parent / target).exists():
                missing.append(f"{page.relative_to(ROOT)} -> {target}")
    assert missing == []
