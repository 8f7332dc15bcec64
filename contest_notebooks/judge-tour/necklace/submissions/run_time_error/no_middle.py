n = int(input())
beads = [*range(2, n + 1, 2), *range(1, n + 1, 2)]
where = n // 2
if abs(beads[where - 1] - beads[where]) == 1 and n < 4:
    beads = [beads[n + 1]]
print(*beads)
