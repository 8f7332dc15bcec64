// Looks up weights below zero; at() throws.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n, basket;
    std::cin >> n >> basket;
    std::vector<int> best(basket + 1);
    while (n--) {
        int weight, joy;
        std::cin >> weight >> joy;
        for (int g = basket; g >= 0; g--) best.at(g) = std::max(best.at(g), best.at(g - weight) + joy);
    }
    std::cout << best[basket] << '\n';
}
