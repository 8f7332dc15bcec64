with open("plain", "wb") as file:
    file.write(bytes(4 << 20))
