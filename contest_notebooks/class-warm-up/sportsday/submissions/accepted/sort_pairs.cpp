#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    std::vector<std::pair<int, std::string>> children(n);
    for (auto &[time, name] : children) std::cin >> name >> time;
    std::sort(children.begin(), children.end());
    for (auto &[time, name] : children) std::cout << name << '\n';
}
