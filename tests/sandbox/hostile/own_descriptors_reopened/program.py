import os

said = []
for number in (1, 2):
    try:
        os.open(f"/proc/self/fd/{number}", os.O_RDONLY | os.O_NONBLOCK)
        said.append("it worked")
    except OSError:
        said.append("refused")
try:
    os.write(os.open("/proc/self/fd/0", os.O_RDWR), b"x")
    said.append("written")
except PermissionError:
    said.append("sealed")
print(", ".join(said))
