# Tries all numbers of rows up to n.
n, m = map(int, input().split())
found = False
rows = m
while rows <= n // m:
    if n % rows == 0:
        print(rows, n // rows)
        found = True
    rows += 1
if not found:
    print("impossible")
