# Believes that every garden has as many rows as columns.
from collections import deque

rows, columns = map(int, input().split())
garden = [input() for _ in range(rows)]
size = max(rows, columns)
start = next((r, c) for r in range(size) for c in range(size) if garden[r][c] == "H")
steps = {start: 0}
queue = deque([start])
answer = -1
while queue:
    r, c = queue.popleft()
    if garden[r][c] == "A":
        answer = steps[r, c]
        break
    for nr, nc in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
        if 0 <= nr < size and 0 <= nc < size and garden[nr][nc] != "#" and (nr, nc) not in steps:
            steps[nr, nc] = steps[r, c] + 1
            queue.append((nr, nc))
print(answer)
