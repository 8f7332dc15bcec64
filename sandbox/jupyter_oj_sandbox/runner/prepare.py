import gc
import sys

gc.collect()
gc.freeze()
del sys.modules["gc"]
