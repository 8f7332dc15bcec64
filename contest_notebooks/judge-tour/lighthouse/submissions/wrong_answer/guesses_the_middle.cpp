#include <iostream>

int main() {
    int n;
    std::cin >> n;
    std::cout << "boat " << (n + 1) / 2 << std::endl;
}
