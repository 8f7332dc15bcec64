from itertools import groupby

print("".join(f"{note}{len(list(run))}" for note, run in groupby(input())))
