#include <iostream>
#include <string>

int main() {
    std::string song, card;
    std::cin >> song;
    std::size_t start = 0;
    for (std::size_t i = 1; i <= song.size(); i++) {
        if (i < song.size() && song[i] == song[start]) continue;
        card += song[start] + std::to_string(i - start);
        start = i;
    }
    std::cout << card << '\n';
}
