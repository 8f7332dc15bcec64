"""Leaves a message wherever one may lie, says "sent", and holds what it has until its input ends."""

import ctypes
import fcntl
import os
import socket
import sys

libc = ctypes.CDLL(None, use_errno=True)
held = []


def attempt(function, *arguments):
    try:
        held.append(function(*arguments))
    except (OSError, ValueError):
        pass


for folder, _, names in os.walk("/", onerror=lambda error: None):
    if folder.startswith("/proc/") or folder.count("/") > 2:
        continue
    attempt(open, f"{folder}/message", "w")
    for name in [".", *names]:
        attempt(os.utime, f"{folder}/{name}", (1, 1))
        attempt(os.utime, f"{folder}/{name}")
for number in (0, 1, 2):
    attempt(os.utime, number)
for path in (
    "/",
    "/usr",
    "/usr/bin",
    "/etc",
    "/box",
    "/proc",
    "/dev",
    "/proc/self",
    "/usr/bin/python3",
    "/box/program.py",
):
    descriptor = os.open(path, os.O_RDONLY)
    held.append(descriptor)
    attempt(fcntl.flock, descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    attempt(fcntl.lockf, descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    attempt(fcntl.fcntl, descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)

held.append(libc.shmget(4711, 4096, 0o1666))
held.append(libc.semget(4711, 1, 0o1666))
held.append(libc.msgget(4711, 0o1666))
held.append(libc.mq_open(b"/message", os.O_RDWR | os.O_CREAT, 0o666, None))
held.append(libc.syscall(248, b"user", b"message", b"x", 1, -3))
held.append(libc.mlock(ctypes.create_string_buffer(1 << 16), 1 << 16))
attempt(os.setpriority, os.PRIO_USER, os.getuid(), 10)
attempt(socket.sethostname, "message")

ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
for end in ends:
    attempt(end.setsockopt, socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    attempt(end.send, b"x")  # with SO_PASSCRED, sending gives a socket an abstract name without bind
    attempt(end.bind, "\0message")

for _ in range(24):
    if os.fork() == 0:
        os.setsid()
        try:
            while True:
                os.pipe()
        except OSError:
            os.write(1, b".")
        sys.stdin.read()
        os._exit(0)
print("sent", flush=True)
sys.stdin.read()
