import sys


def main():
    n, _, *ends = map(int, sys.stdin.read().split())
    leader = list(range(n + 1))
    groups = n
    answer = 0
    for number, (a, b) in enumerate(zip(ends[::2], ends[1::2]), 1):
        if groups == 1:
            break
        while leader[a] != a:
            leader[a] = a = leader[leader[a]]
        while leader[b] != b:
            leader[b] = b = leader[leader[b]]
        if a != b:
            leader[a] = b
            groups -= 1
            answer = number
    print(answer if groups == 1 else "never")


main()
