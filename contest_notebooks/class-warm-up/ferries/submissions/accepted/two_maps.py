import sys
from heapq import heappop, heappush

n, m, *rest = map(int, sys.stdin.read().split())
ferries = [[] for _ in range(n)]
for i in range(0, 3 * m, 3):
    u, v, w = rest[i] - 1, rest[i + 1] - 1, rest[i + 2]
    ferries[u].append((v, w))
    ferries[v].append((u, w))

far = 10**18
paid = [far] * (2 * n)  # island + n: the ticket is used
paid[0] = 0
heap = [(0, 0)]
while heap:
    price, place = heappop(heap)
    if price > paid[place]:
        continue
    island = place % n
    if island == n - 1:
        break
    layer = place - island
    for there, w in ferries[island]:
        if price + w < paid[there + layer]:
            paid[there + layer] = price + w
            heappush(heap, (price + w, there + layer))
        if not layer and price < paid[there + n]:
            paid[there + n] = price
            heappush(heap, (price, there + n))
answer = min(paid[n - 1], paid[2 * n - 1])
print(answer if answer < far else -1)
