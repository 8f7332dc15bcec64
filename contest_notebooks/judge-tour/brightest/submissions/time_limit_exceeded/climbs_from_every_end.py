# Follows the way back up from every end, which is quadratic in a deep cave.
def brightest(cave):
    above, best, end = {cave: None}, -1, cave
    todo = [cave]
    while todo:
        node = todo.pop()
        for child in (node.right, node.left):
            if child:
                above[child] = node
                todo.append(child)
        if not node.left and not node.right:
            light, at = 0, node
            while at:
                light += at.val
                at = above[at]
            if light > best:
                best, end = light, node
    way = []
    while end:
        way.append(end.val)
        end = above[end]
    return way[::-1]
