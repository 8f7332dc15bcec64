// From the top down: the order is free.
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    int n, k, window;
    std::cin >> n >> k;
    std::vector<bool> lit(n + 1);
    while (k-- > 0 && std::cin >> window) lit[window] = true;
    for (window = n; window >= 1; --window)
        if (!lit[window]) std::cout << window << ' ';
}
