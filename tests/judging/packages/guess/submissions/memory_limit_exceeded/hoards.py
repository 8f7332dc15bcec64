print(500, flush=True)
hoard = bytearray(1 << 30)
input()
