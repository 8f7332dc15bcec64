# Always takes the brighter of the two next chambers.
def brightest(cave):
    way = []
    while cave:
        way.append(cave.val)
        if cave.left and cave.right:
            cave = cave.left if cave.left.val >= cave.right.val else cave.right
        else:
            cave = cave.left or cave.right
    return way
