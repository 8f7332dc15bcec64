// Equal times stay in the order of the input.
#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<std::pair<int, std::string>> children(n);
    for (auto &[time, name] : children) std::cin >> name >> time;
    std::stable_sort(children.begin(), children.end(), [](auto &x, auto &y) { return x.first < y.first; });
    for (auto &[time, name] : children) std::cout << name << '\n';
}
