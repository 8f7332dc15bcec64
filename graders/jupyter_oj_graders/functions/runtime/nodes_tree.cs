class OjTree<T> : OjCodec<TreeNode<T>>
{
    readonly OjCodec<T> item;
    int left;
    public OjTree(OjCodec<T> item) { this.item = item; }
    TreeNode<T> Next(BinaryReader input)
    {
        if (left == 0) return null;
        left--;
        return input.ReadBoolean() ? new TreeNode<T>(item.Read(input)) : null;
    }
    public override TreeNode<T> Read(BinaryReader input)
    {
        left = input.ReadInt32();
        var root = Next(input);
        var level = new List<TreeNode<T>>();
        if (root != null) level.Add(root);
        for (int i = 0; i < level.Count; i++)
        {
            if ((level[i].left = Next(input)) != null) level.Add(level[i].left);
            if ((level[i].right = Next(input)) != null) level.Add(level[i].right);
        }
        return root;
    }
    public override void Write(BinaryWriter output, object value)
    {
        var level = new List<TreeNode<T>> { (TreeNode<T>)value };
        for (int i = 0; i < level.Count; i++)
        {
            if (level[i] != null)
            {
                level.Add(level[i].left);
                level.Add(level[i].right);
            }
            if (level.Count > Oj.Longest) throw new OjWrongType("the tree does not end: it runs in a circle");
        }
        while (level.Count > 0 && level[level.Count - 1] == null) level.RemoveAt(level.Count - 1);
        output.Write(level.Count);
        foreach (var node in level)
        {
            output.Write(node != null);
            if (node != null) item.Write(output, node.val);
        }
    }
}
