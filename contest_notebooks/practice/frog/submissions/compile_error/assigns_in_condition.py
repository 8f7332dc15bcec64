n, pad, jumps = map(int, input().split())
pads = list(map(int, input().split()))
while jumps -= 1:
    pad = pads[pad - 1]
print(pad)
