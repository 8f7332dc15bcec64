if input() == "send":
    print("".join("GR" if digit == "1" else "RG" for digit in format(int(input()), "020b")))
else:
    while True:
        pass
