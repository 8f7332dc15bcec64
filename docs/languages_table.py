"""Writes the table of built-in languages into docs/languages.md: ``python docs/languages_table.py``."""

from __future__ import annotations

import re
from pathlib import Path

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.settings import Settings

PAGE = Path(__file__).with_name("languages.md")
TABLE = re.compile(r"(?<=\|---\|---\|---\|---\|---\|---\|\n)(?:\|.*\n)*")


def table() -> str:
    known = plugins.languages(Settings(state_dir=Path("/nowhere")))
    return "".join(_row(language) for language in known.values())


def _row(language: Language) -> str:
    time = f"\u00d7 {language.time_factor:g}" + (f" + {language.time_extra_s:g} s" if language.time_extra_s else "")
    memory = f"+ {language.memory_extra_mib} MiB" if language.memory_extra_mib else "as it is"
    recipes = [recipe for recipe in (language.run_image, language.compile_image) if recipe]
    images = ", ".join(f"`{recipe.name}`" for recipe in recipes)
    files = " ".join(f"`{extension}`" for extension in language.extensions)
    return f"| `{language.id}` | {language.name} | {files} | {time} | {memory} | {images} |\n"


if __name__ == "__main__":
    PAGE.write_text(TABLE.sub(table().replace("\\", r"\\"), PAGE.read_text(), count=1))
