import os
import time

if os.fork() == 0:
    os.setsid()
    time.sleep(1000)
low, high = 1, 1000
while True:
    middle = (low + high) // 2
    print(middle, flush=True)
    answer = input()
    if answer == "correct":
        break
    low, high = (low, middle - 1) if answer == "lower" else (middle + 1, high)
