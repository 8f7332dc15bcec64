// A price for each pair of islands.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n, m;
    std::cin >> n >> m;
    const long long far = 1e18;
    std::vector<std::vector<long long>> price(n, std::vector<long long>(n, far));
    while (m--) {
        int u, v;
        long long w;
        std::cin >> u >> v >> w;
        u--, v--;
        price[u][v] = price[v][u] = std::min(price[u][v], w);
    }
    std::vector<long long> paid(2 * n, far);
    std::vector<bool> done(2 * n);
    paid[0] = 0;
    for (int round = 0; round < 2 * n; round++) {
        int here = -1;
        for (int i = 0; i < 2 * n; i++)
            if (!done[i] && (here < 0 || paid[i] < paid[here])) here = i;
        if (paid[here] >= far) break;
        done[here] = true;
        for (int there = 0; there < n; there++) {
            long long w = price[here % n][there];
            if (w >= far) continue;
            int layer = here / n * n;
            paid[there + layer] = std::min(paid[there + layer], paid[here] + w);
            if (!layer) paid[there + n] = std::min(paid[there + n], paid[here]);
        }
    }
    long long answer = std::min(paid[n - 1], paid[2 * n - 1]);
    std::cout << (answer < far ? answer : -1) << '\n';
}
