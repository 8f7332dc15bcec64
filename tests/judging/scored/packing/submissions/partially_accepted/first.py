# @EXPECTED_SCORE@: 80
print(0)
