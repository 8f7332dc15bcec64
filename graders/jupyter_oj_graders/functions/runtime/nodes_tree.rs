    impl<T: Wire> Wire for Option<Box<TreeNode<T>>> {
        fn read(input: &mut Input) -> Self {
            let values: Vec<Option<T>> = input.get();
            /* A child stands behind its parent: from the end, every node finds its children made. */
            let mut above = values.iter().filter(|value| value.is_some()).count();
            let mut made: Vec<Option<Box<TreeNode<T>>>> = (0..2 * above + 1).map(|_| None).collect();
            for (index, value) in values.into_iter().enumerate().rev() {
                if let Some(val) = value {
                    above -= 1;
                    let left = made[2 * above + 1].take();
                    let right = made[2 * above + 2].take();
                    made[index] = Some(Box::new(TreeNode { val, left, right }));
                }
            }
            made[0].take()
        }
        fn write(&self, out: &mut Output) {
            let mut level = vec![self];
            let mut at = 0;
            while at < level.len() {
                if let Some(node) = level[at] { level.push(&node.left); level.push(&node.right); }
                at += 1;
            }
            while let Some(None) = level.last() { level.pop(); }
            out.count(level.len());
            for entry in level {
                out.raw.push(entry.is_some() as u8);
                if let Some(node) = entry { node.val.write(out); }
            }
        }
    }
