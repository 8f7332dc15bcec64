# @EXPECTED_SCORE@: 55
_, count = map(int, input().split())
print(count - 1)
