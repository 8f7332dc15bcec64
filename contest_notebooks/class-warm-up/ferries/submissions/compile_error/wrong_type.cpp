#include <iostream>
#include <string>
#include <vector>

int main() {
    int n, m;
    std::cin >> n >> m;
    std::vector<std::vector<int>> map(n);
    std::string far = "far";
    std::vector<long long> paid(n, far);
    while (m--) {
        int u, v, w;
        std::cin >> u >> v >> w;
        map[u - 1].push_back(v - 1, w);
    }
    std::cout << paid[n - 1] << '\n';
}
