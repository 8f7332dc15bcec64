n, k = map(int, input().split())
lit = list(map(int, input().split()))
print(*(window for window in range(1, n + 1) if window not in lit))
