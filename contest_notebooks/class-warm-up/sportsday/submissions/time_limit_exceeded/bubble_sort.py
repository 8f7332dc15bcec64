# Swaps neighbours until nothing is out of order.
n = int(input())
children = []
for _ in range(n):
    name, time = input().split()
    children.append((int(time), name))
for end in range(n - 1, 0, -1):
    swapped = False
    for i in range(end):
        if children[i] > children[i + 1]:
            children[i], children[i + 1] = children[i + 1], children[i]
            swapped = True
    if not swapped:
        break
for _, name in children:
    print(name)
