import sys

sys.stdout.buffer.write(b"\0" * 1000 + b"\xff\xfe\n")
sys.stdout.flush()
input()
