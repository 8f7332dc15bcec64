"""Looks wherever a message may lie, and prints what it sees, one line a place."""

import ctypes
import fcntl
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
IMAGE = ("/usr/bin/python3", "/usr/bin", "/usr", "/etc", "/var", "/")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev")


def times():
    return [(path, about.st_atime_ns, about.st_mtime_ns) for path in (*IMAGE, *DEVICES) for about in [os.stat(path)]]


def locks():
    seen = []
    for path in (*IMAGE, "/box", "/proc", "/dev", "/proc/self", "/box/program.py"):
        try:
            fcntl.flock(os.open(path, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            seen.append(path)
    with open("/proc/locks") as file:
        return seen, sum("-1" not in line for line in file) - (len(IMAGE) + 5 - len(seen))


def files():
    folders = [root for root, _, _ in os.walk("/") if root.count("/") < 3 and not root.startswith("/proc")]
    return [folder for folder in folders if os.path.lexists(f"{folder}/message")]


def pipes():
    return [fcntl.fcntl(os.pipe()[1], fcntl.F_GETPIPE_SZ) for _ in range(4)]


def system_v():
    lines = [open(f"/proc/sysvipc/{kind}").read().count("\n") for kind in ("shm", "sem", "msg")]
    return lines, libc.shmget(4711, 0, 0), libc.semget(4711, 0, 0), libc.msgget(4711, 0)


def queues():
    return libc.mq_open(b"/message", os.O_RDONLY), ctypes.get_errno()


def keys():
    return libc.syscall(249, b"user", b"message", None, -3), open("/proc/keys").read().count("\n")


def locked():
    return libc.mlock(ctypes.create_string_buffer(4096), 4096)


def sockets():
    names = [line.split()[7:] for line in open("/proc/net/unix")][1:]
    return [name for name in names if name and name != ["/run/oj/sock"]]


def processes():
    return sorted(int(name) for name in os.listdir("/proc") if name.isdigit()), os.getpid(), os.getppid()


def scheduling():
    return os.getpriority(os.PRIO_PROCESS, 0), os.getpriority(os.PRIO_USER, os.getuid()), os.sched_getscheduler(0)


def names():
    return socket.gethostname(), open("/proc/sys/kernel/ns_last_pid").read(), open("/proc/self/cgroup").read()


def watches():
    return libc.inotify_init1(0), libc.inotify_add_watch(0, b"/dev/null", 0xFFF)


for look in (
    times,
    locks,
    files,
    pipes,
    system_v,
    queues,
    keys,
    locked,
    sockets,
    processes,
    scheduling,
    names,
    watches,
):
    print(look.__name__, repr(look()))
