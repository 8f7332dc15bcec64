_, target = map(int, input().split())
stalls = list(map(int, input().split()))
best = len(stalls) + 1
left = total = 0
for right, kilograms in enumerate(stalls):
    total += kilograms
    while total >= target:
        if right - left + 1 < best:
            best = right - left + 1
        total -= stalls[left]
        left += 1
print(best if best <= len(stalls) else "impossible")
