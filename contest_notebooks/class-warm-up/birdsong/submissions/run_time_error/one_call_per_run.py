# Recursion once for each run.
def shorten(song):
    if not song:
        return ""
    rest = song.lstrip(song[0])
    return f"{song[0]}{len(song) - len(rest)}" + shorten(rest)


print(shorten(input()))
