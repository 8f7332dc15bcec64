# A square is written twice.
from math import isqrt

n, m = map(int, input().split())
ways = []
for rows in range(m, isqrt(n) + 1):
    if n % rows == 0:
        ways += [(rows, n // rows), (n // rows, rows)]
print("\n".join(f"{rows} {chairs}" for rows, chairs in ways) or "impossible")
