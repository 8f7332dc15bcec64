import os

block = bytearray(32 << 20)
os.abort()
