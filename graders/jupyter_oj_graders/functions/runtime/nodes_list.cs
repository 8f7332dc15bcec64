class OjLinkedList<T> : OjCodec<ListNode<T>>
{
    readonly OjCodec<T> item;
    public OjLinkedList(OjCodec<T> item) { this.item = item; }
    public override ListNode<T> Read(BinaryReader input)
    {
        ListNode<T> head = null, end = null;
        for (int count = input.ReadInt32(); count > 0; count--)
        {
            var node = new ListNode<T>(item.Read(input));
            if (end == null) head = node;
            else end.next = node;
            end = node;
        }
        return head;
    }
    public override void Write(BinaryWriter output, object value)
    {
        var values = new List<T>();
        for (var node = (ListNode<T>)value; node != null; node = node.next)
        {
            values.Add(node.val);
            if (values.Count > Oj.Longest) throw new OjWrongType("the linked list does not end: it runs in a circle");
        }
        new OjList<T>(item).Write(output, values);
    }
}
