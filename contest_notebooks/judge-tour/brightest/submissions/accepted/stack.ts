class TreeNode<T> {
  val: T;
  left: TreeNode<T> | null;
  right: TreeNode<T> | null;
  constructor(val: T, left: TreeNode<T> | null = null, right: TreeNode<T> | null = null) {
    this.val = val;
    this.left = left;
    this.right = right;
  }
}

function brightest(cave: TreeNode<number> | null): number[] {
  const values: number[] = [], above: number[] = [], way: number[] = [];
  const todo: [TreeNode<number>, number, number][] = [[cave!, -1, 0]];
  let best = -1, end = -1;
  while (todo.length) {
    const [node, parent, before] = todo.pop()!;
    const light = before + node.val, here = values.length;
    values.push(node.val);
    above.push(parent);
    if (node.right) todo.push([node.right, here, light]);
    if (node.left) todo.push([node.left, here, light]);
    if (!node.left && !node.right && light > best) [best, end] = [light, here];
  }
  for (; end >= 0; end = above[end]) way.push(values[end]);
  return way.reverse();
}
