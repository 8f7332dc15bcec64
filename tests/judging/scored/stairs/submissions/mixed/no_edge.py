# @EXPECTED_RESULTS@: WRONG-ANSWER
# @EXPECTED_SCORE@: 40
n = int(input())
ways = [0, 1, 2, 4]
while len(ways) <= n:
    ways.append(sum(ways[-3:]))
print(ways[n])
