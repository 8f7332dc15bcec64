"""A language as data: its images, how to compile and run, limit factors, starter and self-tests.

Built-in languages are TOML files in ``jupyter_oj_extension/languages``; `plugins.languages()` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ImageArchive:
    """Files of a package of another registry, ``pypi`` (a wheel) or ``npm``, fetched by the host's own client. In
    `name`, ``{npm_arch}`` is the machine's architecture as npm packages call it. `take` maps paths in the package
    (files or folders; empty: all of it) to paths in the image."""

    registry: str
    name: str
    version: str
    take: dict[str, str]


@dataclass(frozen=True, slots=True)
class ImageRecipe:
    """A root filesystem: its name (``oj-python3-run``), the Debian packages it is made of, `archives` and `files` (path
    to text) laid into it, and the commands run in it once while it is made (``python3 -m compileall``, a precompiled
    header), each as an argument list. Languages may share an image by giving the same recipe. `warm` names interpreters
    in it, by their paths in `run_argv` and `check_argv`, that programs may be forked from; only CPython can be. `base`
    is an image of a container registry that all this is laid into, in place of a system made of packages alone."""

    name: str
    packages: tuple[str, ...]
    prepare: tuple[tuple[str, ...], ...] = ()
    archives: tuple[ImageArchive, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    warm: tuple[str, ...] = ()
    base: str = ""


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
    """One language. `id` is the Kattis language code (``python3``, ``cpp``).

    Words in argv templates: ``{source}`` is the path of the file a program begins in; ``{sources}``, a part of its
    own, stands for the paths of all files with one of the `extensions`, that one first; ``{artefact}`` is the path of
    the built file; ``{memory_mib}``, in values of `env` too, the memory limit of the problem, or of the compiler
    (without `memory_extra_mib`).
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
    """The built file's name. With ``{stem}`` in it there is one for each source, and the program begins in its
    entry's."""
    beside_artefact: tuple[str, ...] = ()
    """More files that the compiler may leave, which are to lie beside the artefact where it runs (line numbers)."""
    trace_argv: tuple[str, ...] | None = None
    """`compile_argv`, but with line numbers, and for one source more, in C, that tells the line where a signal ends the
    program: it needs libbacktrace. For languages whose own runtime tells no line."""
    check_argv: tuple[str, ...] | None = None
    """A syntax check run as the compile step where nothing is built (Python): non-zero exit is CE."""
    reads_whole: bool = False
    """It reads the whole of a file before it runs any of it: a program of one file that has run to a good end needs no
    `check_argv`."""
    compile_wall_s: float = 60.0
    compile_memory_mib: int = 1024
    time_factor: float = 1.0
    time_extra_s: float = 0.0
    memory_extra_mib: int = 0
    env: dict[str, str] = field(default_factory=dict)
    rank: int = 1000
    """The order languages are shown in, images are built in, and an extension's language is looked for in."""
    name_pattern: str = ""
    """A regular expression with one group: what a program of one file wants its file to be called, without extension
    (Java's public class). Where it does not match, `source_name` is the name."""
    entry_pattern: str = ""
    """A regular expression that is found in the file where a program of several files begins (Java's main method).
    Without a match, or without a pattern, that is ``main.*`` or ``__main__.*``, else the first by name (Kattis)."""
    memory_pattern: str = ""
    """A regular expression: a program that fails and says this on its standard error ran out of memory (a JVM's heap
    has a limit of its own, below the container's)."""
    self_tests: tuple[SelfTest, ...] = ()

    def environment(self, memory_mib: int) -> dict[str, str]:
        """`env` for a program with this memory limit."""
        return {name: value.replace("{memory_mib}", str(memory_mib)) for name, value in self.env.items()}
