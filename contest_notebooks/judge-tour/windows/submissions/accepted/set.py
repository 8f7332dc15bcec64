n, k = map(int, input().split())
lit = set(map(int, input().split()))
print("\n".join(str(window) for window in range(1, n + 1) if window not in lit))
