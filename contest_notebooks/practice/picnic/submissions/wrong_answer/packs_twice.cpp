// Goes through the weights upwards, so that a thing can be packed again and again.
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
        for (int g = weight; g <= basket; g++) best[g] = std::max(best[g], best[g - weight] + joy);
    }
    std::cout << best[basket] << '\n';
}
