# Off by one: a lantern on the very first house is taken away.
a, b, k = map(int, input().split())
print(b // k - a // k)
