def days_needed(legs, limit):
    days, today = 1, 0
    for leg in legs:
        today += leg
        if today > limit:
            days += 1
            today = leg
    return days


_, days = map(int, input().split())
legs = list(map(int, input().split()))
low, high = max(legs), sum(legs)
while low < high:
    middle = (low + high) // 2
    if days_needed(legs, middle) <= days:
        high = middle
    else:
        low = middle + 1
print(low)
