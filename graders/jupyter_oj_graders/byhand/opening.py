"""What a command line names: a problem package, a submission of one file or several, and their language."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import PackageError, Unprocessable
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Problem, TestCase
from jupyter_oj_extension.packages import answer_archive
from jupyter_oj_graders.included import with_constants

MAX_SOURCE_MIB = 16


@contextmanager
def package_folders(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """The folder of each package; a ZIP archive is unpacked for the length of the block. Raises `PackageError`."""
    with ExitStack() as unpacked:
        folders = []
        for path in paths:
            if path.is_dir():
                folders.append(path)
            elif path.is_file():
                scratch = Path(unpacked.enter_context(tempfile.TemporaryDirectory(prefix="oj-package-")))
                target = scratch / path.stem.lower()  # as at import: A.zip is the problem a
                target.mkdir()
                folders.append(packages.extract(path, target))
            else:
                raise PackageError(f"{path}: there is no such package")
        yield folders


def submission(paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """The files of one submission: a file, several, or a folder with all in it. Raises `Unprocessable`."""
    found: dict[str, Path] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        for file in [path] if path.is_file() else inside:
            name = file.name if path.is_file() else file.relative_to(path).as_posix()
            if name in found:
                raise Unprocessable(f"{file}: there are two files of the name {name}")
            found[name] = file
    if not found:
        raise Unprocessable(f"{paths[0]}: no file to judge")
    try:
        files = tuple(SourceFile(name, path.read_bytes()) for name, path in found.items())
    except OSError as error:
        raise Unprocessable(f"{error.filename}: cannot be read ({error.strerror})") from None
    if sum(len(file.content) for file in files) > MAX_SOURCE_MIB << 20:
        raise Unprocessable(f"{paths[0]}: a submission may have at most {MAX_SOURCE_MIB} MiB")
    return files


def of_jury(problem: Problem, files: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    """`files` of an example submission, with the problem's constants in place of their names (Kattis 2025-09)."""
    return tuple(replace(file, content=with_constants(file.content, problem.constants)) for file in files)


def unpacked(problem: Problem, files: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    """`files`, or what is in them where answers are submitted as one ZIP file. Raises `Unprocessable`, `TooLarge`."""
    if "submit-answer" not in problem.types or len(files) != 1 or not files[0].name.lower().endswith(".zip"):
        return files
    tests = [case.name for case in problem.cases]
    text = answer_archive.as_text(files[0].content, tests, MAX_SOURCE_MIB << 10)
    return (SourceFile("answers", text.encode()),)


def language_of(
    problem: Problem, files: Sequence[SourceFile], languages: Mapping[str, Language], named: str | None
) -> str:
    """The submission's language: as `named`, else by its files' extensions, a language that the problem takes before
    others. Raises `Unprocessable`."""
    if named is not None:
        if named not in languages:
            raise Unprocessable(f"there is no language {named!r}; there are {', '.join(languages)}")
        return named
    if "submit-answer" in problem.types:
        return "text"
    endings = {Path(file.name).suffix for file in files}
    able = [id for id, language in languages.items() if endings & set(language.extensions)]
    able.sort(key=lambda id: bool(problem.languages) and id not in problem.languages)
    if not able:
        raise Unprocessable(f"{files[0].name}: its language is not known from the name; say it with --language")
    return able[0]


def chosen(problem: Problem, pattern: str | None) -> tuple[TestCase, ...]:
    """The tests whose name matches (``secret/small/*``, ``*/03*``; without a slash: the last part of the name).
    Raises `Unprocessable` when none does."""
    if pattern is None:
        return problem.cases
    whole = "/" in pattern
    found = tuple(
        case for case in problem.cases if fnmatchcase(case.name if whole else case.name.rpartition("/")[2], pattern)
    )
    if not found:
        raise Unprocessable(f"no test is named {pattern}; the first one is {problem.cases[0].name}")
    return found
