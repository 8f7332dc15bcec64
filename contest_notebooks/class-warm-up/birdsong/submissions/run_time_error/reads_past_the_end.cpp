// The last run never ends, so at() throws.
#include <iostream>
#include <string>

int main() {
    std::string song;
    std::cin >> song;
    for (std::size_t i = 0; i < song.size();) {
        std::size_t j = i;
        while (song.at(j) == song[i]) j++;
        std::cout << song[i] << j - i;
        i = j;
    }
    std::cout << '\n';
}
