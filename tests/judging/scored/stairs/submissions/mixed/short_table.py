# @EXPECTED_RESULTS@: RUN-ERROR
# @EXPECTED_SCORE@: 80
n = int(input())
ways = [1, 1, 2]
for _ in range(23):
    ways.append(sum(ways[-3:]))
print(ways[n])
