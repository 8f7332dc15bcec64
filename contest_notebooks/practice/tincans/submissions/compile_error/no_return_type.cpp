#include <iostream>
#include <numeric>
#include <vector>

std::vector<int> leader;

find(int child) { return leader[child] == child ? child : find(leader[child]); }

int main() {
    int n, m;
    std::cin >> n >> m;
    leader.resize(n + 1);
    std::iota(leader.begin(), leader.end(), 0);
    std::cout << find(1) << '\n';
}
