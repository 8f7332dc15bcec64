# @EXPECTED_SCORE@: 0
_, count = map(int, input().split())
print(*range(count))
