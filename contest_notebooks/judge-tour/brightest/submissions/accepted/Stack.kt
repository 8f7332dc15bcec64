class TreeNode<T>(var `val`: T, var left: TreeNode<T>? = null, var right: TreeNode<T>? = null)

class Visit(val node: TreeNode<Int>, val above: Int, val light: Long)

fun brightest(cave: TreeNode<Int>?): List<Int> {
    val values = ArrayList<Int>()
    val above = ArrayList<Int>()
    val todo = arrayListOf(Visit(cave!!, -1, 0))
    var best = -1L
    var end = -1
    while (todo.isNotEmpty()) {
        val visit = todo.removeAt(todo.size - 1)
        val node = visit.node
        val light = visit.light + node.`val`
        val here = values.size
        values.add(node.`val`)
        above.add(visit.above)
        node.right?.let { todo.add(Visit(it, here, light)) }
        node.left?.let { todo.add(Visit(it, here, light)) }
        if (node.left == null && node.right == null && light > best) {
            best = light
            end = here
        }
    }
    val way = ArrayList<Int>()
    while (end >= 0) {
        way.add(values[end])
        end = above[end]
    }
    return way.reversed()
}
