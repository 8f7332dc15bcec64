verb, word = input().split()
if verb == "encode":
    print("".join(chr(ord("a") + int(digit)) for digit in word))
elif verb == "decode":
    print("".join(str(ord(letter) - ord("a")) for letter in word))
else:
    while True:
        pass
