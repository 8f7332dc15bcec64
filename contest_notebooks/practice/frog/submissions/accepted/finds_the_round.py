n, pad, jumps = map(int, input().split())
pads = list(map(int, input().split()))
path = []
first = {}
while pad not in first:
    first[pad] = len(path)
    path.append(pad)
    pad = pads[pad - 1]
before = first[pad]
if jumps >= before:
    jumps = before + (jumps - before) % (len(path) - before)
print(path[jumps])
