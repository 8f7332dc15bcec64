# Depth first: finds a way, not the shortest.
rows, columns = map(int, input().split())
width = columns + 1
garden = "#" * width + "".join(input() + "#" for _ in range(rows)) + "#" * width
start, apple = garden.index("H"), garden.index("A")
steps = [-1 if patch != "#" else -2 for patch in garden]
steps[start] = 0
stack = [start]
while stack:
    here = stack.pop()
    for there in (here - 1, here + 1, here - width, here + width):
        if steps[there] == -1:
            steps[there] = steps[here] + 1
            stack.append(there)
print(steps[apple])
