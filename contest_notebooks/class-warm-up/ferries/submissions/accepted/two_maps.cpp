#include <algorithm>
#include <functional>
#include <iostream>
#include <queue>
#include <utility>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, m;
    std::cin >> n >> m;
    std::vector<std::vector<std::pair<int, long long>>> map(2 * n);
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
    const long long far = 1e18;
    std::vector<long long> paid(2 * n, far);
    using Entry = std::pair<long long, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    queue.push({paid[0] = 0, 0});
    while (!queue.empty()) {
        auto [price, place] = queue.top();
        queue.pop();
        if (price > paid[place]) continue;
        for (auto [there, w] : map[place])
            if (price + w < paid[there]) queue.push({paid[there] = price + w, there});
    }
    long long answer = std::min(paid[n - 1], paid[2 * n - 1]);
    std::cout << (answer < far ? answer : -1) << '\n';
}
