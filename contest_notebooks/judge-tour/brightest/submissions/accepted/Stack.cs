using System;
using System.Collections.Generic;

public class TreeNode<T>
{
    public T val;
    public TreeNode<T> left, right;

    public TreeNode(T val, TreeNode<T> left = null, TreeNode<T> right = null)
    {
        this.val = val;
        this.left = left;
        this.right = right;
    }
}

public class Solution
{
    public List<int> brightest(TreeNode<int> cave)
    {
        var values = new List<int>();
        var above = new List<int>();
        var todo = new Stack<Tuple<TreeNode<int>, int, long>>();
        todo.Push(Tuple.Create(cave, -1, 0L));
        long best = -1;
        int end = -1;
        while (todo.Count > 0)
        {
            var visit = todo.Pop();
            TreeNode<int> node = visit.Item1;
            long light = visit.Item3 + node.val;
            int here = values.Count;
            values.Add(node.val);
            above.Add(visit.Item2);
            if (node.right != null) todo.Push(Tuple.Create(node.right, here, light));
            if (node.left != null) todo.Push(Tuple.Create(node.left, here, light));
            if (node.left == null && node.right == null && light > best)
            {
                best = light;
                end = here;
            }
        }
        var way = new List<int>();
        for (; end >= 0; end = above[end]) way.Add(values[end]);
        way.Reverse();
        return way;
    }
}
