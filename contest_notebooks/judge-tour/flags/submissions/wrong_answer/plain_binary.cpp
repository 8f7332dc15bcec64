#include <iostream>
#include <string>

int main() {
    std::string what;
    std::cin >> what;
    if (what == "send") {
        int x;
        std::cin >> x;
        for (int bit = 19; bit >= 0; --bit) std::cout << (x >> bit & 1 ? 'G' : 'R');
    } else {
        std::cout << 0;
    }
    std::cout << '\n';
}
