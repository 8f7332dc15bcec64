import sys

while True:
    sys.stdout.write("9" * 65536)
