func ojTree[T any](item ojCodec[T]) ojCodec[*TreeNode[T]] {
	return ojCodec[*TreeNode[T]]{
		func() *TreeNode[T] {
			left := ojCount()
			next := func() *TreeNode[T] {
				if left == 0 {
					return nil
				}
				left--
				if !ojFlag() {
					return nil
				}
				return &TreeNode[T]{Val: item.read()}
			}
			root := next()
			level := []*TreeNode[T]{}
			if root != nil {
				level = append(level, root)
			}
			for i := 0; i < len(level); i++ {
				parent := level[i]
				parent.Left = next()
				parent.Right = next()
				for _, child := range []*TreeNode[T]{parent.Left, parent.Right} {
					if child != nil {
						level = append(level, child)
					}
				}
			}
			return root
		},
		func(root *TreeNode[T]) {
			level := []*TreeNode[T]{root}
			for i := 0; i < len(level); i++ {
				if level[i] != nil {
					level = append(level, level[i].Left, level[i].Right)
				}
				if len(level) > ojLongest {
					panic(ojWrongType{"the tree does not end: it runs in a circle"})
				}
			}
			for len(level) > 0 && level[len(level)-1] == nil {
				level = level[:len(level)-1]
			}
			ojPutCount(len(level))
			for _, node := range level {
				ojPutFlag(node != nil)
				if node != nil {
					item.write(node.Val)
				}
			}
		},
	}
}
