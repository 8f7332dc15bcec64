from collections import deque

rows, columns = map(int, input().split())
width = columns + 1  # a column of hedges on the right, and a row above and below
garden = "#" * width + "".join(input() + "#" for _ in range(rows)) + "#" * width
start, apple = garden.index("H"), garden.index("A")
steps = [-1 if patch != "#" else -2 for patch in garden]
steps[start] = 0
queue = deque([start])
while queue:
    here = queue.popleft()
    if here == apple:
        break
    for there in (here - 1, here + 1, here - width, here + width):
        if steps[there] == -1:
            steps[there] = steps[here] + 1
            queue.append(there)
print(steps[apple])
