// Jumps of 1, 2, 4, 8, ... at once.
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, pad;
    long long jumps;
    std::cin >> n >> pad >> jumps;
    pad--;
    std::vector<int> leap(n), twice(n);
    for (int &there : leap) {
        std::cin >> there;
        there--;
    }
    for (; jumps > 0; jumps /= 2) {
        if (jumps % 2) pad = leap[pad];
        for (int i = 0; i < n; i++) twice[i] = leap[leap[i]];
        leap.swap(twice);
    }
    std::cout << pad + 1 << '\n';
}
