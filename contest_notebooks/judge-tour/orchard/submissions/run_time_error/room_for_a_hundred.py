# @EXPECTED_SCORE@: 30
n, bag = map(int, input().split())
table = [0] * 101
for place, apple in enumerate(map(int, input().split()), start=1):
    table[place] = apple
apples = sorted(table[1 : n + 1])
left, right, ways = 0, n - 1, 0
while left < right:
    if apples[left] + apples[right] <= bag:
        ways += right - left
        left += 1
    else:
        right -= 1
print(ways)
