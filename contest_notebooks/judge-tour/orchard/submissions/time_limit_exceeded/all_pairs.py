# @EXPECTED_SCORE@: 30
n, bag = map(int, input().split())
apples = list(map(int, input().split()))
print(sum(apples[i] + apples[j] <= bag for j in range(n) for i in range(j)))
