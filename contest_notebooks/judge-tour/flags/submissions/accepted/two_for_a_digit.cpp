#include <algorithm>
#include <iostream>
#include <string>

int main() {
    std::string what, flags;
    std::cin >> what;
    if (what == "send") {
        int x;
        std::cin >> x;
        for (int bit = 19; bit >= 0; --bit) flags += x >> bit & 1 ? "GR" : "RG";
        std::cout << flags << '\n';
    } else {
        std::cin >> flags;
        std::reverse(flags.begin(), flags.end());
        int x = 0;
        for (std::size_t i = 0; i < flags.size(); i += 2) x = 2 * x + (flags[i] == 'G');
        std::cout << x << '\n';
    }
}
