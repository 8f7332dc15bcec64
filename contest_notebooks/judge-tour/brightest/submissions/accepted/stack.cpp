#include <algorithm>
#include <vector>
using namespace std;

template <class T> struct TreeNode {
    T val;
    TreeNode *left, *right;
    TreeNode(T val, TreeNode *left = nullptr, TreeNode *right = nullptr) : val(val), left(left), right(right) {}
};

struct Visit {
    TreeNode<int> *node;
    int above;
    long long light;
};

vector<int> brightest(TreeNode<int> *cave) {
    vector<Visit> todo{{cave, -1, 0}};
    vector<int> values, above, way;
    long long best = -1;
    int end = -1;
    while (!todo.empty()) {
        auto [node, parent, light] = todo.back();
        todo.pop_back();
        light += node->val;
        int here = values.size();
        values.push_back(node->val);
        above.push_back(parent);
        if (node->right) todo.push_back({node->right, here, light});
        if (node->left) todo.push_back({node->left, here, light});
        if (!node->left && !node->right && light > best) best = light, end = here;
    }
    for (; end >= 0; end = above[end]) way.push_back(values[end]);
    reverse(way.begin(), way.end());
    return way;
}
