# @EXPECTED_SCORE@: 100
from itertools import combinations

sack, count = map(int, input().split())
weights = list(map(int, input().split()))
sets = [set_ for size in range(count + 1) for set_ in combinations(range(count), size)]
fit = [set_ for set_ in sets if sum(weights[one] for one in set_) <= sack]
print(*max(fit, key=lambda set_: sum(weights[one] for one in set_)))
