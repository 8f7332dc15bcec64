import sys

numbers = [int(word) for word in sys.stdin.read().split()]
if sum(numbers) != int(open(sys.argv[1]).read()):
    sys.exit(43)
open(sys.argv[3] + "score.txt", "w").write(str(len(numbers)))
sys.exit(42)
