import os

own = []
for descriptor in range(4096):
    try:
        os.fstat(descriptor)
        own.append(descriptor)
    except OSError:
        continue
    try:
        os.close(os.open("..", os.O_RDONLY, dir_fd=descriptor))
        print("climbed from", descriptor)
    except OSError:
        pass
print(own)
