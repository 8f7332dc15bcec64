namespace oj {
template <class T> struct Wire<TreeNode<T> *> {
  static TreeNode<T> *read(Input &in) {
    std::size_t left = in.count();
    auto next = [&]() -> TreeNode<T> * {
      if (left == 0) return nullptr;
      left--;
      if (in.plain<char>() == 0) return nullptr;
      auto *node = new TreeNode<T>(oj::read<T>(in));
      node->left = node->right = nullptr;
      return node;
    };
    TreeNode<T> *root = next();
    std::vector<TreeNode<T> *> level;
    if (root != nullptr) level.push_back(root);
    for (std::size_t i = 0; i < level.size(); i++) {
      TreeNode<T> *parent = level[i];
      if ((parent->left = next()) != nullptr) level.push_back(parent->left);
      if ((parent->right = next()) != nullptr) level.push_back(parent->right);
    }
    return root;
  }
  static void write(Output &out, const TreeNode<T> *root) {
    std::vector<const TreeNode<T> *> level{root};
    for (std::size_t i = 0; i < level.size(); i++) {
      const TreeNode<T> *node = level[i];
      if (node != nullptr) level.insert(level.end(), {node->left, node->right});
      if (level.size() > longest) throw WrongType{"the tree does not end: it runs in a circle"};
    }
    while (!level.empty() && level.back() == nullptr) level.pop_back();
    out.count(level.size());
    for (const TreeNode<T> *node : level) {
      out.plain<char>(node != nullptr);
      if (node != nullptr) oj::write<T>(out, node->val);
    }
  }
};
}  // namespace oj
