func ojLinkedList[T any](item ojCodec[T]) ojCodec[*ListNode[T]] {
	return ojCodec[*ListNode[T]]{
		func() *ListNode[T] {
			var head *ListNode[T]
			end := &head
			for count := ojCount(); count > 0; count-- {
				*end = &ListNode[T]{Val: item.read()}
				end = &(*end).Next
			}
			return head
		},
		func(node *ListNode[T]) {
			values := []T{}
			for ; node != nil; node = node.Next {
				values = append(values, node.Val)
				if len(values) > ojLongest {
					panic(ojWrongType{"the linked list does not end: it runs in a circle"})
				}
			}
			ojList(item).write(values)
		},
	}
}
