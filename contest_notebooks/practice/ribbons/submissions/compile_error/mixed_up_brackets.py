n = int(input())
tree = [0] * (n + 1)
knots = 0
for before, end in enumerate(map(int, input().split()):
    knots += tree[end]
print(knots)
