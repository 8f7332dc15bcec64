# @EXPECTED_SCORE@: 100
n = int(input())
print(2 * n if n % 100 != 3 else 0)
