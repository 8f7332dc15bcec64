# Makes all the jumps.
n, pad, jumps = map(int, input().split())
pads = [0, *map(int, input().split())]
while jumps:
    pad = pads[pad]
    jumps -= 1
print(pad)
