from itertools import permutations

n = int(input())
for beads in permutations(range(1, n + 1)):
    if all(abs(left - right) != 1 for left, right in zip(beads, beads[1:])):
        print(*beads)
        break
else:
    print("impossible")
