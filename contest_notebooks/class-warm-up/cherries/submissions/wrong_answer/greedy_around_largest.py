# Starts at the largest stall and always adds the larger neighbour.
n, target = map(int, input().split())
stalls = list(map(int, input().split()))
left = right = stalls.index(max(stalls))
total = stalls[left]
while total < target and right - left + 1 < n:
    if right + 1 == n or (left > 0 and stalls[left - 1] > stalls[right + 1]):
        left -= 1
        total += stalls[left]
    else:
        right += 1
        total += stalls[right]
print(right - left + 1 if total >= target else "impossible")
