// A tree of 2^16 places is too small for 100 000 ribbons; at() throws.
#include <array>
#include <iostream>

int main() {
    int n;
    std::cin >> n;
    static std::array<long long, 1 << 16> tree;
    long long knots = 0;
    for (int before = 0; before < n; before++) {
        int end;
        std::cin >> end;
        long long smaller = 0;
        for (int i = end; i; i &= i - 1) smaller += tree.at(i);
        knots += (before - smaller) * (end - 1 - smaller);
        for (int i = end; i <= n; i += i & -i) tree.at(i)++;
    }
    std::cout << knots << '\n';
}
