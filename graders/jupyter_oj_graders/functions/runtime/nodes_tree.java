    static <T> Codec<TreeNode<T>> tree(Codec<T> item) {
        return new Codec<>() {
            TreeNode<T> read(ByteBuffer in) {
                Iterator<T> values = readAll(in, nullable(item), new ArrayList<>()).iterator();
                TreeNode<T> root = next(values);
                ArrayList<TreeNode<T>> level = new ArrayList<>();
                if (root != null) level.add(root);
                for (int i = 0; i < level.size(); i++) {
                    TreeNode<T> parent = level.get(i);
                    if ((parent.left = next(values)) != null) level.add(parent.left);
                    if ((parent.right = next(values)) != null) level.add(parent.right);
                }
                return root;
            }
            private TreeNode<T> next(Iterator<T> values) {
                T value = values.hasNext() ? values.next() : null;
                return value == null ? null : new TreeNode<>(value);
            }
            void write(Out out, Object value) {
                ArrayList<TreeNode<?>> level = new ArrayList<>();
                level.add((TreeNode<?>) value);
                for (int i = 0; i < level.size(); i++) {
                    TreeNode<?> node = level.get(i);
                    if (node != null) {
                        level.add(node.left);
                        level.add(node.right);
                    }
                    if (level.size() > LONGEST) throw new WrongType("the tree does not end: it runs in a circle");
                }
                while (!level.isEmpty() && level.get(level.size() - 1) == null) level.remove(level.size() - 1);
                out.count(level.size());
                for (TreeNode<?> node : level) {
                    out.flag(node != null);
                    if (node != null) item.write(out, node.val);
                }
            }
        };
    }
