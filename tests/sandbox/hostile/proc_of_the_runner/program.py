import os

pids = [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
opened = []
for pid in pids:
    for name in ("environ", "mem", "maps", "root/etc", "cwd", "fd/0", "exe", "ns/user", "stack", "io"):
        try:
            path = f"/proc/{pid}/{name}"
            os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
            opened.append(path)
        except OSError:
            pass
print("pids:", len(pids))
print("opened:", opened)
