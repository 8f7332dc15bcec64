song = input()
start = 0
for i in range(1, len(song) + 1)
    if i == len(song) or song[i] != song[start]:
        print(song[start], i - start, sep="", end="")
        start = i
print()
