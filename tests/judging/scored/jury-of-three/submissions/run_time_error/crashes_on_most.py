# @EXPECTED_SCORE@: 0
n = int(input())
print(2 * n if n % 100 == 3 else 1 // 0)
