import resource

refused = []
for name in ("RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE", "RLIMIT_CPU"):
    soft, hard = resource.getrlimit(getattr(resource, name))
    try:
        resource.setrlimit(getattr(resource, name), (hard + 1, hard + 1))
    except (ValueError, OSError):
        refused.append(name)
try:
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("-1000")
except OSError:
    refused.append("oom_score_adj")
print("refused:", *refused, flush=True)
blocks = []
while True:
    blocks.append(bytearray(1 << 20))
