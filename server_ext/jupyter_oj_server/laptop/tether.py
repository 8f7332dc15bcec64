"""``python -m jupyter_oj_server.laptop.tether PARENT PROGRAM ARGUMENT…``: become the program, but end with PARENT.

The kernel sends SIGTERM when the parent dies, also by kill -9, so that no grader is left behind (Linux; elsewhere the
next server ends it by its pid file).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    parent, program = int(arguments[0]), arguments[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the server that started this is gone")
    os.execv(program[0], program)  # noqa: S606 - the caller's argument list, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
