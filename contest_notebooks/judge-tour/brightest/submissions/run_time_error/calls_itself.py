def brightest(cave):
    ways = [brightest(child) for child in (cave.left, cave.right) if child]
    return [cave.val] + max(ways, key=sum, default=[])
