import sys

sys.stdout.buffer.write(bytes(range(128, 256)) * 4096)
