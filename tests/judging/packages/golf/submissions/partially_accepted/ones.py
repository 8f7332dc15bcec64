# @EXPECTED_SCORE@: 17
print("1 " * int(input()))
