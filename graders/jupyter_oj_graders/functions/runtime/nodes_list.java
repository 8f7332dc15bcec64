    static <T> Codec<ListNode<T>> linkedList(Codec<T> item) {
        return new Codec<>() {
            ListNode<T> read(ByteBuffer in) {
                ListNode<T> head = null, end = null;
                for (int count = in.getInt(); count > 0; count--) {
                    ListNode<T> node = new ListNode<>(item.read(in));
                    if (end == null) head = node;
                    else end.next = node;
                    end = node;
                }
                return head;
            }
            void write(Out out, Object value) {
                ArrayList<Object> values = new ArrayList<>();
                for (ListNode<?> node = (ListNode<?>) value; node != null; node = node.next) {
                    values.add(node.val);
                    if (values.size() > LONGEST) throw new WrongType("the linked list does not end: it runs in a circle");
                }
                writeAll(out, item, values);
            }
        };
    }
