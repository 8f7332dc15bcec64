import os

while True:
    descriptor = os.memfd_create("hidden")
    for _ in range(16):
        os.write(descriptor, bytes(1 << 20))
