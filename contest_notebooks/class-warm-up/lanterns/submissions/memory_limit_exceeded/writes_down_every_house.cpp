// Keeps a list of all houses with a lantern just to count them.
#include <iostream>
#include <vector>

int main() {
    long long a, b, k;
    std::cin >> a >> b >> k;
    std::vector<long long> lit;
    for (long long house = a; house <= b; house++)
        if (house % k == 0) lit.push_back(house);
    std::cout << lit.size() << '\n';
}
