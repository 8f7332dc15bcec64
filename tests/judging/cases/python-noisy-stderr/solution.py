import sys

sys.stderr.write("debug " * 100_000)
print(2 * int(input()))
