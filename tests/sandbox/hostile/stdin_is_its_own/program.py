import os
import stat
import time

about = os.fstat(0)
kind = "regular file" if stat.S_ISREG(about.st_mode) else "something of the host's"
print(kind, "new" if time.time() - about.st_mtime < 60 else "old", sep=", ")
