import os
import sys

from garden import MOST

numbers = list(map(int, sys.stdin.read().split()))[1:]
if os.path.exists("rows.txt"):
    numbers += map(int, open("rows.txt").read().split())
assert sum(numbers) <= MOST
print(sum(numbers) * (2 if sys.argv[1:] == ["twice"] else 1))
