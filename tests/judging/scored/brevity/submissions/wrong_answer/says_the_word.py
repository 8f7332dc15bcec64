# @EXPECTED_SCORE@: 0
n = int(input())
while n:
    print(2 * n)
    n = 0
