namespace oj {
template <class T> struct Wire<ListNode<T> *> {
  static ListNode<T> *read(Input &in) {
    ListNode<T> *head = nullptr, **end = &head;
    for (std::size_t n = in.count(); n > 0; n--) {
      *end = new ListNode<T>(oj::read<T>(in));
      end = &(*end)->next;
    }
    *end = nullptr;
    return head;
  }
  static void write(Output &out, const ListNode<T> *node) {
    std::vector<const ListNode<T> *> nodes;
    for (; node != nullptr; node = node->next) {
      nodes.push_back(node);
      if (nodes.size() > longest) throw WrongType{"the linked list does not end: it runs in a circle"};
    }
    out.count(nodes.size());
    for (const ListNode<T> *each : nodes) oj::write<T>(out, each->val);
  }
};
}  // namespace oj
