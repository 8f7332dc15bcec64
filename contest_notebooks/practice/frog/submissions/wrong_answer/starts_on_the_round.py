# Believes that the frog comes back to its first pad.
n, start, jumps = map(int, input().split())
pads = list(map(int, input().split()))
path = [start]
seen = {start}
pad = pads[start - 1]
while pad not in seen:
    seen.add(pad)
    path.append(pad)
    pad = pads[pad - 1]
print(path[jumps % len(path)])
