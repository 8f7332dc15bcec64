# Counts the earlier ribbons one by one.
n = int(input())
ends = list(map(int, input().split()))
knots = 0
for before, end in enumerate(ends):
    larger = 0
    for other in ends[:before]:
        if other > end:
            larger += 1
    knots += larger * (end - 1 - before + larger)
print(knots)
