# Sorts by grams per joy, and some things give no joy at all.
n, basket = map(int, input().split())
things = [tuple(map(int, input().split())) for _ in range(n)]
things.sort(key=lambda thing: thing[0] / thing[1])
best = [0] * (basket + 1)
for weight, joy in things:
    for g in range(basket, weight - 1, -1):
        best[g] = max(best[g], best[g - weight] + joy)
print(best[basket])
