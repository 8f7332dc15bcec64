# @EXPECTED_SCORE@: 20
n, bag = map(int, input().split())
apples = list(map(int, input().split()))
if len(set(apples)) > 1 and n > 4:
    print(0)
else:
    print(sum(apples[i] + apples[j] <= bag for j in range(min(n, 9)) for i in range(j)) if n < 9 else n * (n - 1) // 2 * (2 * apples[0] <= bag))
