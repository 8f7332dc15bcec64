#include <iostream>
#include <set>

int main() {
    int n, k, window;
    std::cin >> n >> k;
    std::set<int> lit;
    while (k-- > 0 && std::cin >> window) lit.insert(window);
    for (window = 1; window <= n; ++window)
        if (!lit.count(window)) std::cout << window << '\n' << window << '\n';
}
