#include <iostream>
#include <numeric>
#include <utility>
#include <vector>

std::vector<int> leader, size;

int find(int child) {
    while (leader[child] != child) child = leader[child] = leader[leader[child]];
    return child;
}

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, m;
    std::cin >> n >> m;
    leader.resize(n + 1);
    std::iota(leader.begin(), leader.end(), 0);
    size.assign(n + 1, 1);
    int groups = n, answer = 0;
    for (int number = 1; number <= m && groups > 1; number++) {
        int a, b;
        std::cin >> a >> b;
        a = find(a), b = find(b);
        if (a == b) continue;
        if (size[a] > size[b]) std::swap(a, b);
        leader[a] = b;
        size[b] += size[a];
        groups--;
        answer = number;
    }
    if (groups > 1) std::cout << "never\n";
    else std::cout << answer << '\n';
}
