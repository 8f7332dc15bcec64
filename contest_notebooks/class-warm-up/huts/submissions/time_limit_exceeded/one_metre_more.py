# Tries one limit after the other.
_, days = map(int, input().split())
legs = list(map(int, input().split()))
limit = max(legs)
while True:
    needed, today = 1, 0
    for leg in legs:
        today += leg
        if today > limit:
            needed += 1
            today = leg
    if needed <= days:
        break
    limit += 1
print(limit)
