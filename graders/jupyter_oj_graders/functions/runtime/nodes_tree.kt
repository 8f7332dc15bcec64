private fun <T> ojTree(item: OjCodec<T>) = OjCodec<TreeNode<T>?>({ input ->
    var left = input.getInt()
    fun next(): TreeNode<T>? {
        if (left == 0) return null
        left--
        return if (input.get() == 1.toByte()) TreeNode(item.read(input)) else null
    }
    val root = next()
    val level = ArrayList<TreeNode<T>>()
    if (root != null) level.add(root)
    var i = 0
    while (i < level.size) {
        val parent = level[i++]
        parent.left = next()
        parent.right = next()
        parent.left?.let { level.add(it) }
        parent.right?.let { level.add(it) }
    }
    root
}, { out, value ->
    val level = ArrayList<TreeNode<*>?>()
    level.add(value as TreeNode<*>?)
    var i = 0
    while (i < level.size) {
        val node = level[i++]
        if (node != null) {
            level.add(node.left)
            level.add(node.right)
        }
        if (level.size > OJ_LONGEST) throw OjWrongType("the tree does not end: it runs in a circle")
    }
    while (level.isNotEmpty() && level[level.size - 1] == null) level.removeAt(level.size - 1)
    out.count(level.size)
    for (node in level) {
        out.flag(node != null)
        if (node != null) item.write(out, node.`val`)
    }
})
