# Adds to a count that is not there yet.
n = int(input())
seen = {}
couples = 0
for _ in range(n):
    glove = input()
    couples += seen[glove]
    seen[glove] += 1
print(couples)
