import os

os.symlink("/etc/passwd", "link")
os.mkfifo("fifo")
os.mkdir("folder")
os.symlink("loop", "loop")
try:
    os.link("/etc/hostname", "hard")
except OSError:
    pass
with open("plain", "w") as file:
    file.write("ours")
