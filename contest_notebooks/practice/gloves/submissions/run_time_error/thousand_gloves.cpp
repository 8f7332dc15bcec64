// Room for a thousand gloves only; at() throws.
#include <algorithm>
#include <array>
#include <iostream>
#include <string>

int main() {
    int n;
    std::cin >> n;
    static std::array<std::string, 1000> gloves;
    long long couples = 0;
    for (int i = 0; i < n; i++) {
        std::cin >> gloves.at(i);
        couples += std::count(gloves.begin(), gloves.begin() + i, gloves[i]);
    }
    std::cout << couples << '\n';
}
