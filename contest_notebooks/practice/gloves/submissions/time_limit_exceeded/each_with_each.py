# Compares each glove with each other one.
import sys

_, *gloves = sys.stdin.read().split()
couples = 0
for i, glove in enumerate(gloves):
    for other in gloves[:i]:
        if glove == other:
            couples += 1
print(couples)
