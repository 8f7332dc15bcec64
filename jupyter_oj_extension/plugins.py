"""What can be plugged in: languages as TOML files.

Read in this order, a later id replacing an earlier one: the built-in folder ``languages/``, entry points of the group
``jupyter_oj.languages`` (each names a module; the TOML files beside it are read, its code is not run), and the folder
of the setting ``languages_dir``.
"""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from jupyter_oj_extension.domain.errors import OJError
from jupyter_oj_extension.domain.language import ImageArchive, ImageRecipe, Language, SelfTest
from jupyter_oj_extension.settings import Settings

GROUP = "jupyter_oj.languages"


class PluginError(OJError):
    """A plug-in cannot be read; the detail names it and the key."""

    code, title = "bad-plugin", "A plug-in is not valid"


def languages(settings: Settings | None = None) -> dict[str, Language]:
    """All languages by id, in the order they are shown: those of the setting ``languages``, their times scaled by
    ``machine_factor``. Without `settings` they are loaded as any program's are."""
    settings = settings or Settings.load()
    folder, factor = settings.languages_dir, settings.machine_factor
    known = _languages(Path(folder) if folder else None)
    if chosen := {word.strip() for word in settings.languages.split(",")} - {""}:
        if unknown := chosen - set(known):
            raise PluginError(f"setting languages: there is no {min(unknown)!r}; there are {', '.join(known)}")
        known = {id: language for id, language in known.items() if id in chosen}
    return dict(known) if factor == 1 else {id: _slowed(language, factor) for id, language in known.items()}


def _slowed(language: Language, factor: float) -> Language:
    return replace(
        language,
        time_factor=language.time_factor * factor,
        time_extra_s=language.time_extra_s * factor,
        compile_wall_s=language.compile_wall_s * factor,
    )


def by_extension(known: Mapping[str, Language]) -> dict[str, str]:
    """The language of each extension: the first of those that have it (GCC before Clang, CPython before PyPy)."""
    found: dict[str, str] = {}
    for language in known.values():
        for extension in language.extensions:
            found.setdefault(extension, language.id)
    return found


@cache
def _languages(folder: Path | None) -> dict[str, Language]:
    found: dict[str, Language] = {}
    for path in _files(folder):
        language = read_language(path)
        found[language.id] = language
    return dict(sorted(found.items(), key=lambda item: (item[1].rank, item[1].name.lower())))


def _files(folder: Path | None) -> Iterator[Path]:
    yield from sorted((Path(__file__).parent / "languages").glob("*.toml"))
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        spec = importlib.util.find_spec(point.module)
        if spec is None or spec.origin is None:
            raise PluginError(f"entry point {point.name} of {GROUP}: module {point.module} is not installed")
        yield from sorted(Path(spec.origin).parent.glob("*.toml"))
    if folder is not None:
        if not folder.is_dir():
            raise PluginError(f"languages_dir {folder} is not a folder")
        yield from sorted(folder.glob("*.toml"))


def read_language(path: Path) -> Language:
    """The language described by one TOML file; an unknown or missing key is an error that names the file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for key in ("run_image", "compile_image"):
            if key in data:
                data[key] = _recipe(data[key])
        tables = _tables(data.pop("self_tests", []), "self_tests")
        tests = tuple(SelfTest(**{"stdin": "", "stdout": "", **test}) for test in tables)
        known = {field.name for field in fields(Language)}
        if unknown := set(data) - known:
            raise PluginError(f"{path}: unknown key {min(unknown)!r}")
        values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in data.items()}
        values["starter"] = values["starter"].lstrip("\n")
        return Language(**values, self_tests=tests)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise PluginError(f"{path}: {error}") from error


def _recipe(table: dict[str, Any]) -> ImageRecipe:
    prepare = tuple(tuple(argv) for argv in table.get("prepare", []))
    archives = tuple(ImageArchive(**item) for item in _tables(table.get("archives", []), "archives"))
    packages = table.get("packages", []) if table.get("base") else table["packages"]
    lists = {"packages": tuple(packages), "warm": tuple(table.get("warm", ()))}
    given = {**lists, "prepare": prepare, "archives": archives}
    return ImageRecipe(**{**table, **given})


def _tables(value: Any, key: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise TypeError(f"{key} must be a list of tables")
    return value
