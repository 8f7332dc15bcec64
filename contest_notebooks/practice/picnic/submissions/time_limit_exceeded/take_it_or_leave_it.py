# Tries both for each thing.
n, basket = map(int, input().split())
things = [tuple(map(int, input().split())) for _ in range(n)]


def best(i, room):
    if i == n:
        return 0
    weight, joy = things[i]
    without = best(i + 1, room)
    return without if weight > room else max(without, joy + best(i + 1, room - weight))


print(best(0, basket))
