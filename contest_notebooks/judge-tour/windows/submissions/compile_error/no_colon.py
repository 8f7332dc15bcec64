n, k = map(int, input().split())
lit = set(map(int, input().split()))
for window in range(1, n + 1)
    print(window)
