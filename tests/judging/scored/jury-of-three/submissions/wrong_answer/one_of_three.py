# @EXPECTED_SCORE@: 0
n = int(input())
print(2 * n if n % 100 == 2 else 0)
