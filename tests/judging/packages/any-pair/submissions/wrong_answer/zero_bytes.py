import sys

sys.stdout.buffer.write(b"\0" * 1_000_000)
