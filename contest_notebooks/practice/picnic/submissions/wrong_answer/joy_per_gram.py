# Always takes the thing with the most joy per gram.
n, basket = map(int, input().split())
things = [tuple(map(int, input().split())) for _ in range(n)]
total = 0
for weight, joy in sorted(things, key=lambda thing: thing[1] / thing[0], reverse=True):
    if weight <= basket:
        basket -= weight
        total += joy
print(total)
