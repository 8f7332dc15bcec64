import os
import sys

numbers = list(map(int, sys.stdin.read().split()))[1:]
if os.path.exists("rows.txt"):
    numbers += map(int, open("rows.txt").read().split())
print(sum(numbers))
