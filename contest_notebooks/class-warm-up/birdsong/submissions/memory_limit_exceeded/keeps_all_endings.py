# Makes every ending of the song first.
song = input()
endings = [song[i:] for i in range(len(song))]
card = ""
start = 0
for i in range(1, len(song) + 1):
    if i == len(song) or endings[i][0] != song[start]:
        card += song[start] + str(i - start)
        start = i
print(card)
