# @EXPECTED_SCORE@: 2
print(input())
