# Recursion for each jump until the round is found.
n, start, jumps = map(int, input().split())
pads = list(map(int, input().split()))


def walk(pad, path, first):
    if pad in first:
        before = first[pad]
        return path[jumps if jumps < before else before + (jumps - before) % (len(path) - before)]
    first[pad] = len(path)
    path.append(pad)
    return walk(pads[pad - 1], path, first)


print(walk(start, [], {}))
