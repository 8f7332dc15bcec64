n, k = map(int, input().split())
lit = set(map(int, input().split()))
print(*(window for window in range(1, n) if window not in lit))
