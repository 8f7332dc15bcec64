def main():
    n = int(input())
    tree = [0] * (n + 1)
    knots = 0
    for before, end in enumerate(map(int, input().split())):
        smaller = 0
        i = end
        while i:
            smaller += tree[i]
            i &= i - 1
        knots += (before - smaller) * (end - 1 - smaller)
        i = end
        while i <= n:
            tree[i] += 1
            i += i & -i
    print(knots)


main()
