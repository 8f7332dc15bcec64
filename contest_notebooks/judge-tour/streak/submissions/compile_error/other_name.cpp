#include <vector>

int longest(std::vector<int> numbers) { return static_cast<int>(numbers.size()); }
