from collections import deque

rows, columns = map(int, input().split())
garden = [input() for _ in range(rows)]
start = next((r, c) for r in range(rows) for c in range(columns) if garden[r][c] == "H"
steps = {start: 0}
queue = deque([start])
while queue:
    r, c = queue.popleft()
    print(steps[r, c])
