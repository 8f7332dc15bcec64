import java.util.*;

/** The class of the nodes is not written here: the judge then adds its own. */
class Solution {
    record Visit(TreeNode<Integer> node, int above, long light) {}

    public List<Integer> brightest(TreeNode<Integer> cave) {
        List<Integer> values = new ArrayList<>(), above = new ArrayList<>(), way = new ArrayList<>();
        Deque<Visit> todo = new ArrayDeque<>();
        todo.push(new Visit(cave, -1, 0));
        long best = -1;
        int end = -1;
        while (!todo.isEmpty()) {
            Visit visit = todo.pop();
            TreeNode<Integer> node = visit.node();
            long light = visit.light() + node.val;
            int here = values.size();
            values.add(node.val);
            above.add(visit.above());
            if (node.right != null) todo.push(new Visit(node.right, here, light));
            if (node.left != null) todo.push(new Visit(node.left, here, light));
            if (node.left == null && node.right == null && light > best) {
                best = light;
                end = here;
            }
        }
        for (; end >= 0; end = above.get(end)) way.add(values.get(end));
        Collections.reverse(way);
        return way;
    }
}
