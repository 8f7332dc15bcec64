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
        for (int g = basket; g >= weight; g--) best[g] = std::max(best[g], best[g - weight] + joy);
    }
    std::cout << best[basket] << '\n';
}
