#include <cmath>
#include <iostream>

int main() {
    int n;
    double room, goal;
    std::cin >> n >> room >> goal;
    double late = 10'000;
    while (n--) {
        double start, speed;
        std::cin >> start >> speed;
        late = std::fmin(late, std::log((start - room) / (goal - room)) / speeed);
    }
    std::cout << late << '\n';
}
