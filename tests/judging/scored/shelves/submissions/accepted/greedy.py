import sys

w, n, *books = map(int, sys.stdin.read().split())
shelves, room = 0, 0
for book in books:
    if book > room:
        shelves, room = shelves + 1, w
    room -= book
print(shelves)
