"""Where the CPU time of one test goes: ``python -m tests.bench.profile [runs]``.

For a compiled program, and a Python program cold and warm, each of which reads a number and prints it: milliseconds
of CPU a run of the client (our Python), the runner, the warm interpreter, and the jail with the program in it. CPU
time, not wall time, so that a busy machine hardly moves it. ``strace -c -f -p PID`` of a runner counts its system
calls; ``perf record -e cpu-clock -a`` with the processes named python3 shows what those of a warm jail do.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import replace

from jupyter_oj_extension import plugins
from jupyter_oj_extension.settings import Settings, default_state_dir
from jupyter_oj_graders import slots
from jupyter_oj_graders.image_specs import image_spec, sandbox_settings
from jupyter_oj_sandbox.api import BoxFile, ImageSpec, RunLimits
from jupyter_oj_sandbox.pool import PodmanSandbox, open_sandbox
from tests.bench import cputime

PYTHON = BoxFile("solution.py", b"import sys\nprint(sys.stdin.read())\n")
C = b"#include <stdio.h>\nint main(void) { char line[9]; return !fgets(line, 9, stdin) || puts(line) < 0; }\n"
GCC = ("/usr/bin/gcc", "-O2", "-static", "-s", "-o", "program", "/box/program.c")
LIMITS = RunLimits(cpu_s=20, wall_s=60, memory_mib=512)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    settings = sandbox_settings(Settings(state_dir=default_state_dir()))
    languages = plugins.languages()
    python, cpp = image_spec(languages["python3"].run_image), image_spec(languages["cpp"].run_image)
    compiler = languages["cpp"].compile_image
    assert compiler is not None
    with open_sandbox(slot="profile", core=slots.cores(1)[0], settings=settings) as sandbox:
        with sandbox.box(image_spec(compiler), memory_mib=512) as box:
            box.load((BoxFile("program.c", C),))
            program = BoxFile("program", box.run(GCC, limits=LIMITS, collect=("program",)).collected["program"], True)
        print(f"ms of CPU a run, {runs} runs each   client  runner  interpreter  jail and program")
        _profile(sandbox, "compiled program", cpp, program, ("/box/program",), runs)
        argv = ("/usr/bin/python3", "/box/solution.py")
        _profile(sandbox, "Python, cold", replace(python, warm=()), PYTHON, argv, runs)
        _profile(sandbox, "Python, warm", python, PYTHON, argv, runs)


def _profile(
    sandbox: PodmanSandbox, name: str, image: ImageSpec, file: BoxFile, argv: tuple[str, ...], runs: int
) -> None:
    with sandbox.box(image, memory_mib=512) as box:
        box.load((file,))
        for _ in range(5):
            box.run(argv, limits=LIMITS, stdin=b"1\n")
        pid, cgroup = box.container.pid, box.container.cgroup
        before = _own_s(), cputime.cpu_s(pid), cgroup.cpu_s()
        program_s = sum(box.run(argv, limits=LIMITS, stdin=b"1\n").cpu_s for _ in range(runs))
        client_s, runner_s, all_s = (
            now - then for now, then in zip((_own_s(), cputime.cpu_s(pid), cgroup.cpu_s()), before, strict=True)
        )
    others_s = max(0.0, all_s - runner_s - program_s)
    figures = (client_s, runner_s, others_s, program_s)
    print(f"{name:31}", *(f"{seconds / runs * 1000:8.2f}" for seconds in figures))


def _own_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
