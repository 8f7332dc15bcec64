# Tries each start anew.
n, target = map(int, input().split())
stalls = list(map(int, input().split()))
best = n + 1
for left in range(n):
    total = 0
    for right in range(left, n):
        total += stalls[right]
        if total >= target:
            best = min(best, right - left + 1)
            break
print(best if best <= n else "impossible")
