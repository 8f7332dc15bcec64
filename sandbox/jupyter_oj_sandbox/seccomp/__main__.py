"""``python -m jupyter_oj_sandbox.seccomp``: write outer.json anew from outer.txt."""

from . import LIST, PROFILE, render

PROFILE.write_text(render(LIST.read_text()))
