n, bag = map(int, input().split())
apples = sorted(map(int, input().split()))
left, right, ways = 0, n - 1, 0
while left < right:
    if apples[left] + apples[right] <= bag:
        ways += right - left
        left += 1
    else:
        right -= 1
print(ways)
