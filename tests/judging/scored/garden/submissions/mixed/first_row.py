# Wrong on the sample and, with it, on what requires the sample.
import sys

print(int(sys.stdin.read().split()[1]) * len(sys.argv) or 1)
