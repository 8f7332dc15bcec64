# The check calls itself once for each leg.
def days_needed(legs, i, today, limit):
    if i == len(legs):
        return 1
    if today + legs[i] > limit:
        return 1 + days_needed(legs, i + 1, legs[i], limit)
    return days_needed(legs, i + 1, today + legs[i], limit)


_, days = map(int, input().split())
legs = list(map(int, input().split()))
low, high = max(legs), sum(legs)
while low < high:
    middle = (low + high) // 2
    if days_needed(legs, 0, 0, middle) <= days:
        high = middle
    else:
        low = middle + 1
print(low)
