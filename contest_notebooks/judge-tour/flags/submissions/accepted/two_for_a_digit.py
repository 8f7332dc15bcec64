if input() == "send":
    print("".join("GR" if digit == "1" else "RG" for digit in format(int(input()), "020b")))
else:
    flags = input()[::-1]
    print(int("".join("1" if flags[i] == "G" else "0" for i in range(0, len(flags), 2)), 2))
