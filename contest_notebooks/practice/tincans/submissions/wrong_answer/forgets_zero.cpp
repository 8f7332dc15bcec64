// A single child needs no string.
#include <iostream>
#include <numeric>
#include <vector>

std::vector<int> leader;

int find(int child) { return leader[child] == child ? child : leader[child] = find(leader[child]); }

int main() {
    int n, m;
    std::cin >> n >> m;
    leader.resize(n + 1);
    std::iota(leader.begin(), leader.end(), 0);
    int groups = n;
    for (int number = 1; number <= m; number++) {
        int a, b;
        std::cin >> a >> b;
        if (find(a) != find(b)) {
            leader[find(a)] = find(b);
            groups--;
        }
        if (groups == 1) {
            std::cout << number << '\n';
            return 0;
        }
    }
    std::cout << "never\n";
}
