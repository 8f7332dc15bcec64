pub struct TreeNode<T> {
    pub val: T,
    pub left: Option<Box<TreeNode<T>>>,
    pub right: Option<Box<TreeNode<T>>>,
}

pub fn brightest(cave: Option<Box<TreeNode<i32>>>) -> Vec<i32> {
    let (mut values, mut above) = (Vec::new(), Vec::new());
    let (mut best, mut end) = (-1i64, usize::MAX);
    let mut todo = vec![(cave.unwrap(), usize::MAX, 0i64)];
    while let Some((node, parent, before)) = todo.pop() {
        let TreeNode { val, left, right } = *node;
        let (light, here) = (before + val as i64, values.len());
        values.push(val);
        above.push(parent);
        if left.is_none() && right.is_none() && light > best {
            best = light;
            end = here;
        }
        if let Some(next) = right {
            todo.push((next, here, light));
        }
        if let Some(next) = left {
            todo.push((next, here, light));
        }
    }
    let mut way = Vec::new();
    while end != usize::MAX {
        way.push(values[end]);
        end = above[end];
    }
    way.reverse();
    way
}
