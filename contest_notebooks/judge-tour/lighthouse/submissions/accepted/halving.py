low, high = 1, int(input())
while low < high:
    middle = (low + high) // 2
    print("ask", middle, flush=True)
    heard = input()
    if heard == "here":
        low = high = middle
    elif heard == "north":
        low = middle + 1
    else:
        high = middle - 1
print("boat", low, flush=True)
