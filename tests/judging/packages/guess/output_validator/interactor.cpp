// The team asks with numbers from 1 to 1000 and is told "lower", "higher" or "correct"; it has ten guesses.
#include <fstream>
#include <iostream>
#include <string>

int main(int, char **argv) {
    std::ifstream input(argv[1]);
    std::ofstream judge(std::string(argv[3]) + "judgemessage.txt");
    std::ofstream team(std::string(argv[3]) + "teammessage.txt");
    int secret = 0;
    input >> secret;
    for (int turn = 1; turn <= 10; turn++) {
        long long guess;
        if (!(std::cin >> guess) || guess < 1 || guess > 1000) {
            judge << "turn " << turn << ": no guess\n";
            team << "That was no guess.\n";
            return 43;
        }
        if (guess == secret) {
            std::cout << "correct" << std::endl;
            std::string more;
            return std::cin >> more ? 43 : 42;
        }
        std::cout << (secret < guess ? "lower" : "higher") << std::endl;
    }
    judge << "too many guesses\n";
    return 43;
}
