#include <iostream>

int main() {
    long long a, b, k;
    std::cin >> a >> b >> k;
    std::cout << b / k - (a - 1) / k << '\n';
}
