low, high = 1, int(input())
while low < high:
    middle = (low + high) // 2
    print("ask", middle, flush=True)
    if int(input()) > 0:
        low = middle + 1
    else:
        high = middle
print("boat", low, flush=True)
