import os

with open("/scratch/holes", "wb") as file:
    try:
        os.truncate(file.fileno(), 1 << 30)
        print("holes: made, they cost nothing", flush=True)
    except OSError:
        print("holes: refused", flush=True)
descriptor = os.open("/scratch/written", os.O_WRONLY | os.O_CREAT)
try:
    for _ in range(1024):
        left = 1 << 20
        while left:
            left -= os.write(descriptor, bytes(left))
    print("written: all of it")
except OSError:
    print("written: refused")
