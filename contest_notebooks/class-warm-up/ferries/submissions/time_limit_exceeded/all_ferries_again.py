# Bellman and Ford: goes over all ferries until nothing changes.
import sys

n, m, *rest = map(int, sys.stdin.read().split())
ferries = []
for i in range(0, 3 * m, 3):
    u, v, w = rest[i] - 1, rest[i + 1] - 1, rest[i + 2]
    for a, b in ((u, v), (v, u)):
        ferries += [(a, b, w), (a + n, b + n, w), (a, b + n, 0)]
far = 10**18
paid = [far] * (2 * n)
paid[0] = 0
changed = True
while changed:
    changed = False
    for a, b, w in ferries:
        if paid[a] + w < paid[b]:
            paid[b] = paid[a] + w
            changed = True
answer = min(paid[n - 1], paid[2 * n - 1])
print(answer if answer < far else -1)
