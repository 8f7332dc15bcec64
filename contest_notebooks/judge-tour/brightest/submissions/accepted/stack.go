package main

type TreeNode[T any] struct {
	Val         T
	Left, Right *TreeNode[T]
}

type visit struct {
	node         *TreeNode[int]
	above, light int
}

func brightest(cave *TreeNode[int]) []int {
	var values, above []int
	todo := []visit{{cave, -1, 0}}
	best, end := -1, -1
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		node, light, here := at.node, at.light+at.node.Val, len(values)
		values = append(values, node.Val)
		above = append(above, at.above)
		if node.Right != nil {
			todo = append(todo, visit{node.Right, here, light})
		}
		if node.Left != nil {
			todo = append(todo, visit{node.Left, here, light})
		}
		if node.Left == nil && node.Right == nil && light > best {
			best, end = light, here
		}
	}
	way := []int{}
	for ; end >= 0; end = above[end] {
		way = append(way, values[end])
	}
	for i, j := 0, len(way)-1; i < j; i, j = i+1, j-1 {
		way[i], way[j] = way[j], way[i]
	}
	return way
}
