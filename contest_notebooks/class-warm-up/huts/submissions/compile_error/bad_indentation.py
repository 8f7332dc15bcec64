_, days = map(int, input().split())
legs = list(map(int, input().split()))
low, high = max(legs), sum(legs)
while low < high:
    middle = (low + high) // 2
      needed, today = 1, 0
    for leg in legs:
        today += leg
print(low)
