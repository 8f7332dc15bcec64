// Adds in 32 bits (with wrapping, which is what -O2 would make of it anyway).
#include <algorithm>
#include <vector>
using namespace std;

vector<int> brightest(TreeNode<int> *cave) {
    struct Visit { TreeNode<int> *node; int above; unsigned light; };
    vector<Visit> todo{{cave, -1, 0}};
    vector<int> values, above, way;
    int best = -1, end = 0;
    while (!todo.empty()) {
        auto [node, parent, light] = todo.back();
        todo.pop_back();
        light += node->val;
        int here = values.size();
        values.push_back(node->val);
        above.push_back(parent);
        if (node->right) todo.push_back({node->right, here, light});
        if (node->left) todo.push_back({node->left, here, light});
        if (!node->left && !node->right && (int)light > best) best = (int)light, end = here;
    }
    for (; end >= 0; end = above[end]) way.push_back(values[end]);
    reverse(way.begin(), way.end());
    return way;
}
