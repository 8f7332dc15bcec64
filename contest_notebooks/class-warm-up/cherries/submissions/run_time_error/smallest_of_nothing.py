# min() of an empty list when the lane has too little.
_, target = map(int, input().split())
stalls = list(map(int, input().split()))
lengths = []
left = total = 0
for right, kilograms in enumerate(stalls):
    total += kilograms
    while total >= target:
        lengths.append(right - left + 1)
        total -= stalls[left]
        left += 1
print(min(lengths))
