n, basket = map(int, input().split())
best = [0] * (basket + 1)
for _ in range(n):
    with, joy = map(int, input().split())
    for g in range(basket, with - 1, -1):
        best[g] = max(best[g], best[g - with] + joy)
print(best[basket])
