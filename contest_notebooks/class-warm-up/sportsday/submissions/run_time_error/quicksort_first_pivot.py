# The first element as pivot: a sorted list makes the recursion as deep as the list is long.
def quicksort(items):
    if len(items) <= 1:
        return items
    pivot, *rest = items
    return quicksort([x for x in rest if x < pivot]) + [pivot] + quicksort([x for x in rest if x >= pivot])


n = int(input())
children = []
for _ in range(n):
    name, time = input().split()
    children.append((int(time), name))
for _, name in quicksort(children):
    print(name)
