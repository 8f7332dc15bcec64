// Prices add up to more than an int can hold.
#include <algorithm>
#include <functional>
#include <iostream>
#include <queue>
#include <utility>
#include <vector>

int main() {
    int n, m;
    std::cin >> n >> m;
    std::vector<std::vector<std::pair<int, int>>> map(2 * n);
    while (m--) {
        int u, v, w;
        std::cin >> u >> v >> w;
        u--, v--;
        for (int layer : {0, n}) {
            map[u + layer].push_back({v + layer, w});
            map[v + layer].push_back({u + layer, w});
        }
        map[u].push_back({v + n, 0});
        map[v].push_back({u + n, 0});
    }
    const int far = 2'000'000'000;
    std::vector<int> paid(2 * n, far);
    using Entry = std::pair<int, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    queue.push({paid[0] = 0, 0});
    while (!queue.empty()) {
        auto [price, place] = queue.top();
        queue.pop();
        if (price > paid[place]) continue;
        for (auto [there, w] : map[place])
            if (price <= far - w && price + w < paid[there]) queue.push({paid[there] = price + w, there});
    }
    int answer = std::min(paid[n - 1], paid[2 * n - 1]);
    std::cout << (answer < far ? answer : -1) << '\n';
}
