import os

block = b"x" * 65536
for _ in range(2000):
    os.write(2, block)
print("done")
