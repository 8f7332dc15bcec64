"""Programs of legacy packages that bring their own ``build`` and ``run`` scripts (Kattis legacy format, "Programs").

``build`` is run in a working folder with the program's files, in a box of the jury's; what then lies in the folder is
the program, and ``run`` in it is what is called. Files lie side by side: folders are not carried over.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_graders.executables import Executable, pack, unpack
from jupyter_oj_graders.verdicts import compiled
from jupyter_oj_sandbox.api import BoxFile, ImageSpec, Role, RunLimits

if TYPE_CHECKING:
    from jupyter_oj_graders.evaluations.base import Tools

BUILT_MIB = 64
_SHELL = ("/bin/sh",)

SCRIPTS_IMAGE = ImageSpec(
    "oj-jury-scripts",
    ("bash", "dash", "coreutils", "diffutils", "findutils", "grep", "sed", "mawk", "make", "gcc", "g++", "python3"),
    prepare=(("/bin/ln", "-sf", "dash", "/bin/sh"), ("/bin/ln", "-sf", "mawk", "/usr/bin/awk")),
)
"""What such scripts may count on. Built with the languages' images, see `image_list`."""


def built_by_script(files: tuple[SourceFile, ...], limits: Limits, tools: Tools, *, what: str) -> Executable:
    """Raises `JudgeError` when ``build`` fails or leaves no ``run``; `what` names the program in it."""
    made = {file.name: file.content for file in files if "/" not in file.name}
    if "build" in made:
        key = _key(files)
        payload = tools.executables.get(key)
        if payload is None:
            payload = pack(_built(made, limits, tools, what))
            tools.executables.put(key, payload)
        made = unpack(payload)
    if "run" not in made:
        raise JudgeError(f"{what}: its build script leaves no file called run")
    return Executable(
        files=tuple(BoxFile(name, content, executable=True) for name, content in made.items()),
        argv=(*interpreter(made["run"]), "/box/run"),
    )


def interpreter(script: bytes) -> tuple[str, ...]:
    """The words of its first line that a script is run by; none for a compiled program, a shell for what says
    nothing."""
    if script.startswith(b"\x7fELF"):
        return ()
    if not script.startswith(b"#!"):
        return _SHELL
    words = script[2:].split(b"\n", 1)[0].decode("utf-8", "replace").split()
    return tuple(words) or _SHELL


def _built(files: dict[str, bytes], limits: Limits, tools: Tools, what: str) -> dict[str, bytes]:
    wall_s = limits.compile_wall_s
    with tools.sandbox.box(SCRIPTS_IMAGE, memory_mib=limits.compile_memory_mib, role=Role.JURY) as box:
        box.load(tuple(BoxFile(name, content, seed=True) for name, content in files.items()))
        result = box.run(
            (*interpreter(files["build"]), "/scratch/build"),
            limits=RunLimits(
                cpu_s=wall_s, wall_s=wall_s, memory_mib=limits.compile_memory_mib, output_kib=256, scratch_mib=256
            ),
            collect=("*",),
            collect_mib=BUILT_MIB,
        )
    if not compiled(result):
        said = (result.stderr + result.stdout).decode("utf-8", "replace")[-2000:]
        raise JudgeError(f"{what}: its build script failed ({result.ending}, exit code {result.exit_code}): {said}")
    return result.collected


def _key(files: tuple[SourceFile, ...]) -> str:
    image = SCRIPTS_IMAGE
    total = hashlib.sha256(repr(("script 1", image.name, image.packages, image.prepare)).encode())
    for file in files:
        total.update(f"\n{file.name} {hashlib.sha256(file.content).hexdigest()}".encode())
    return total.hexdigest()
