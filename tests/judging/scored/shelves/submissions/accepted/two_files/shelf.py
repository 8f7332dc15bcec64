def count(w, books):
    shelves, room = 0, 0
    for book in books:
        if book > room:
            shelves, room = shelves + 1, w
        room -= book
    return shelves
