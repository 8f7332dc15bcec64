function brightest(cave) {
  const todo = [{ node: cave, way: null, light: 0 }];
  let best = null;
  while (todo.length) {
    const { node, way, light } = todo.pop();
    const here = { node, way: { val: node.val, next: way }, light: light + node.val };
    if (node.right) todo.push({ ...here, node: node.right });
    if (node.left) todo.push({ ...here, node: node.left });
    if (!node.left && !node.right && (!best || here.light >= best.light)) best = here;
  }
  const values = [];
  for (let each = best.way; each; each = each.next) values.push(each.val);
  return values.reverse();
}
