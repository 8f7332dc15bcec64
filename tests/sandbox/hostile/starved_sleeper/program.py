import os
import time

for _ in range(5):
    if os.fork() == 0:
        break
while time.process_time() < 0.02:
    pass
time.sleep(1000)
