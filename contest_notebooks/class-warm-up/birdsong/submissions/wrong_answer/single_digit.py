# Starts a new run after nine equal notes.
song = input()
card = ""
start = 0
for i in range(1, len(song) + 1):
    if i == len(song) or song[i] != song[start] or i - start == 9:
        card += song[start] + str(i - start)
        start = i
print(card)
