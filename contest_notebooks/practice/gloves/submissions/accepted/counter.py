import sys
from collections import Counter

_, *gloves = sys.stdin.read().split()
print(sum(count * (count - 1) // 2 for count in Counter(gloves).values()))
