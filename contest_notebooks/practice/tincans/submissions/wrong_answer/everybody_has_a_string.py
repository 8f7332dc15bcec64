# Stops as soon as every child has some string, and checks only at the end whether all are joined.
import sys

n, _, *ends = map(int, sys.stdin.read().split())
leader = list(range(n + 1))


def find(child):
    while leader[child] != child:
        leader[child] = child = leader[leader[child]]
    return child


lonely = set(range(1, n + 1))
answer = 0
for number, (a, b) in enumerate(zip(ends[::2], ends[1::2]), 1):
    leader[find(a)] = find(b)
    if lonely and n > 1:
        lonely -= {a, b}
        answer = number
print(answer if len({find(child) for child in range(1, n + 1)}) == 1 else "never")
