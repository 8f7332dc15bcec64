private fun <T> ojLinkedList(item: OjCodec<T>) = OjCodec<ListNode<T>?>({
    var head: ListNode<T>? = null
    for (value in ojReadAll(it, item).asReversed()) {
        val node = ListNode(value)
        node.next = head
        head = node
    }
    head
}, { out, value ->
    val values = ArrayList<Any?>()
    var node = value as ListNode<*>?
    while (node != null) {
        values.add(node.`val`)
        node = node.next
        if (values.size > OJ_LONGEST) throw OjWrongType("the linked list does not end: it runs in a circle")
    }
    ojWriteAll(out, item, values)
})
