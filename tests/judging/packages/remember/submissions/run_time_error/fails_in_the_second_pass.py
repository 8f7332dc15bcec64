verb, word = input().split()
print("abc")
raise SystemExit(verb == "decode")
