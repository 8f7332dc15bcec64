# Compares "1000" with "999" letter by letter.
n = int(input())
children = sorted((input().split() for _ in range(n)), key=lambda child: (child[1], child[0]))
for name, _ in children:
    print(name)
