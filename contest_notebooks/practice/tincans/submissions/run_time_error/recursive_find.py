# Follows the leaders by recursion, and a chain is longer than Python's stack.
import sys

n, _, *ends = map(int, sys.stdin.read().split())
leader = list(range(n + 1))


def find(child):
    return child if leader[child] == child else find(leader[child])


groups = n
answer = 0
for number, (a, b) in enumerate(zip(ends[::2], ends[1::2]), 1):
    if groups > 1 and find(a) != find(b):
        leader[find(b)] = find(a)
        groups -= 1
        answer = number
print(answer if groups == 1 else "never")
