# range() starts at zero rows.
n, m = map(int, input().split())
ways = []
rows = 0
while rows * rows <= n:
    if n % rows == 0 and rows >= m:
        ways += {(rows, n // rows), (n // rows, rows)}
    rows += 1
print("\n".join(f"{rows} {chairs}" for rows, chairs in ways) or "impossible")
