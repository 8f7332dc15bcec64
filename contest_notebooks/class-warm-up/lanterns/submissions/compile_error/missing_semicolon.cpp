#include <iostream>

int main() {
    long long a, b, k;
    std::cin >> a >> b >> k;
    long long lanterns = b / k - (a - 1) / k
    std::cout << lanterns << '\n';
}
