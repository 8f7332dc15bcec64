# Never thinks that there could be no way: the heap runs dry.
import sys
from heapq import heappop, heappush

n, m, *rest = map(int, sys.stdin.read().split())
ferries = [[] for _ in range(n)]
for i in range(0, 3 * m, 3):
    u, v, w = rest[i] - 1, rest[i + 1] - 1, rest[i + 2]
    ferries[u].append((v, w))
    ferries[v].append((u, w))
done = set()
heap = [(0, 0, True)]
while True:
    price, island, ticket = heappop(heap)
    if island == n - 1:
        print(price)
        break
    if (island, ticket) in done:
        continue
    done.add((island, ticket))
    for there, w in ferries[island]:
        heappush(heap, (price + w, there, ticket))
        if ticket:
            heappush(heap, (price, there, False))
