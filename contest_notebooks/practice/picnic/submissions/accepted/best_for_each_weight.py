n, basket = map(int, input().split())
best = [0] * (basket + 1)
for _ in range(n):
    weight, joy = map(int, input().split())
    if weight <= basket:
        packed = [joy + rest for rest in best[: basket + 1 - weight]]
        best[weight:] = map(max, best[weight:], packed)
print(best[basket])
