// The products do not fit into 32 bits.
#include <iostream>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<unsigned> tree(n + 1);
    unsigned knots = 0;
    for (int before = 0; before < n; before++) {
        int end;
        std::cin >> end;
        unsigned smaller = 0;
        for (int i = end; i; i &= i - 1) smaller += tree[i];
        knots += (before - smaller) * (end - 1 - smaller);
        for (int i = end; i <= n; i += i & -i) tree[i]++;
    }
    std::cout << knots << '\n';
}
