// Keeps one way for each island: the one that is cheapest with its dearest ferry free.
#include <algorithm>
#include <functional>
#include <iostream>
#include <queue>
#include <tuple>
#include <utility>
#include <vector>

int main() {
    int n, m;
    std::cin >> n >> m;
    std::vector<std::vector<std::pair<int, long long>>> map(n);
    while (m--) {
        int u, v, w;
        std::cin >> u >> v >> w;
        map[u - 1].push_back({v - 1, w});
        map[v - 1].push_back({u - 1, w});
    }
    const long long far = 1e18;
    std::vector<long long> best(n, far);
    using Entry = std::tuple<long long, long long, int>;  // price without the dearest, price, island
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    best[0] = 0;
    queue.push({0, 0, 0});
    while (!queue.empty()) {
        auto [reduced, price, here] = queue.top();
        queue.pop();
        if (reduced > best[here]) continue;
        for (auto [there, w] : map[here]) {
            long long dearest = std::max(price - reduced, w);
            if (price + w - dearest < best[there]) {
                best[there] = price + w - dearest;
                queue.push({best[there], price + w, there});
            }
        }
    }
    std::cout << (best[n - 1] < far ? best[n - 1] : -1) << '\n';
}
