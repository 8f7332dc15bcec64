"""A language as data: its images, how to compile and run, limit factors, starter and self-tests.

Built-in languages are TOML files in ``jupyter_oj_extension/languages``; `plugins.languages()` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ImageRecipe:
    """A root filesystem: its name (``oj-python3-run``), the Debian packages it is made of, and the commands run in it
    once while it is made (``python3 -m compileall``, a precompiled header), each as an argument list."""

    name: str
    packages: tuple[str, ...]
    prepare: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SelfTest:
    """One program that proves the language works here. `expect` is a verdict code."""

    name: str
    source: str
    stdin: str
    stdout: str
    expect: str


@dataclass(frozen=True, slots=True)
class Language:
    """One language. In argv templates ``{source}`` is the source's path, ``{artefact}`` the compiled file's path and
    ``{memory_mib}`` the memory limit. `id` is the Kattis language code (``python3``, ``cpp``).
    """

    id: str
    name: str
    source_name: str
    extensions: tuple[str, ...]
    mimetype: str
    run_image: ImageRecipe
    run_argv: tuple[str, ...]
    version_argv: tuple[str, ...]
    starter: str
    compile_image: ImageRecipe | None = None
    compile_argv: tuple[str, ...] | None = None
    artefact: str | None = None
    check_argv: tuple[str, ...] | None = None
    """A syntax check run as the compile step where nothing is built (Python): non-zero exit is CE."""
    compile_wall_s: float = 60.0
    compile_memory_mib: int = 1024
    time_factor: float = 1.0
    time_extra_s: float = 0.0
    memory_extra_mib: int = 0
    env: dict[str, str] = field(default_factory=dict)
    self_tests: tuple[SelfTest, ...] = ()
