// Looks from every note to the end of its run, also from the middle of a run.
#include <iostream>
#include <string>

int main() {
    std::string song, card;
    std::cin >> song;
    for (std::size_t i = 0; i < song.size(); i++) {
        std::size_t end = i;
        while (end < song.size() && song[end] == song[i]) end++;
        if (i == 0 || song[i - 1] != song[i]) card += song[i] + std::to_string(end - i);
    }
    std::cout << card << '\n';
}
