// Keeps every basket that can be packed.
#include <algorithm>
#include <iostream>
#include <utility>
#include <vector>

int main() {
    int n, basket;
    std::cin >> n >> basket;
    std::vector<std::pair<int, int>> baskets = {{0, 0}};
    while (n--) {
        int weight, joy;
        std::cin >> weight >> joy;
        for (std::size_t i = 0, count = baskets.size(); i < count; i++) {
            auto [grams, total] = baskets[i];
            if (grams + weight <= basket) baskets.push_back({grams + weight, total + joy});
        }
    }
    int best = 0;
    for (auto [grams, total] : baskets) best = std::max(best, total);
    std::cout << best << '\n';
}
