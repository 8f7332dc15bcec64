// One drawer for each possible time, up to the slowest child.
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<std::vector<std::string>> drawers;
    for (int i = 0; i < n; i++) {
        std::string name;
        std::size_t time;
        std::cin >> name >> time;
        while (drawers.size() <= time) drawers.emplace_back();
        drawers[time].push_back(name);
    }
    for (auto &drawer : drawers) {
        std::sort(drawer.begin(), drawer.end());
        for (auto &name : drawer) std::cout << name << '\n';
    }
}
