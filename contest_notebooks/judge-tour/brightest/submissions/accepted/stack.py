class TreeNode:
    def __init__(self, val, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


def brightest(cave: TreeNode) -> list[int]:
    values, above = [], []
    best, end = -1, -1
    todo = [(cave, -1, 0)]
    while todo:
        node, parent, light = todo.pop()
        light += node.val
        here = len(values)
        values.append(node.val)
        above.append(parent)
        if node.right:
            todo.append((node.right, here, light))
        if node.left:
            todo.append((node.left, here, light))
        if not node.left and not node.right and light > best:
            best, end = light, here
    way = []
    while end >= 0:
        way.append(values[end])
        end = above[end]
    return way[::-1]
