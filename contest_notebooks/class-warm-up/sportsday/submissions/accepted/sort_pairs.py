import sys

_, *lines = sys.stdin.read().split("\n")
children = [line.split() for line in lines if line]
children.sort(key=lambda child: (int(child[1]), child[0]))
print("\n".join(name for name, _ in children))
