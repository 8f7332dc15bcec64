import sys

stdin, answer, feedback = sys.argv[1:4]
sack, count, *weights = map(int, open(stdin).read().split())
try:
    taken = [int(word) for word in sys.stdin.read().split()]
except ValueError:
    sys.exit(43)
if len(set(taken)) != len(taken) or any(not 0 <= one < count for one in taken):
    sys.exit(43)
weight = sum(weights[one] for one in taken)
if weight > sack:
    sys.exit(43)
most = sum(weights[int(word)] for word in open(answer).read().split())
with open(feedback + "score.txt", "w") as file:
    file.write(f"{50 * weight / most:.2f}\n")
sys.exit(42)
