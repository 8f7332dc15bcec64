"""The outer profile: the list people read and the file the runtime loads say the same; nothing dangerous is in it."""

from __future__ import annotations

import pytest

from jupyter_oj_sandbox import seccomp

NEVER = {
    "ptrace", "process_vm_readv", "process_vm_writev", "bpf", "perf_event_open", "keyctl", "add_key", "request_key",
    "io_uring_setup", "userfaultfd", "setns", "unshare", "clone3", "open_by_handle_at", "init_module", "finit_module",
    "kexec_load", "reboot", "swapon", "iopl", "ioperm", "quotactl", "acct", "settimeofday", "open_tree", "fsopen",
    "move_mount", "chroot", "personality", "syslog", "pidfd_getfd", "kcmp", "fanotify_init",
}  # fmt: skip


def test_the_profile_is_made_from_the_list() -> None:
    assert seccomp.PROFILE.read_text() == seccomp.render(seccomp.LIST.read_text()), (
        "outer.txt was changed: run `python -m jupyter_oj_sandbox.seccomp`"
    )


def test_nothing_dangerous_is_allowed() -> None:
    rules = seccomp.profile(seccomp.LIST.read_text())["syscalls"]
    allowed = {name for rule in rules for name in rule["names"]}
    assert not allowed & NEVER
    assert [rule["args"][0]["value"] for rule in rules if rule["names"][0] in ("socket", "socketpair")] == [1, 1]


def test_a_name_stands_once() -> None:
    with pytest.raises(ValueError, match="listed twice: read"):
        seccomp.profile("read write\nread\n")
