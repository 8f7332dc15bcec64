#include <fstream>
#include <iostream>

int main(int, char **argv) {
    long long n = 0, a = 0, b = 0;
    std::ifstream(argv[1]) >> n;
    return std::cin >> a >> b && a > 0 && b > 0 && a + b == n ? 42 : 43;
}
