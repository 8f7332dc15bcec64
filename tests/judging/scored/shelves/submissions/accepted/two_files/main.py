from shelf import count

w, n = map(int, input().split())
print(count(w, list(map(int, input().split()))))
