n = int(input())
for place in range(1, n + 1):
    print("ask", place, flush=True)
    if input() == "here":
        print("boat", place, flush=True)
        break
