#include <algorithm>
#include <vector>
using namespace std;

int longest_streak(vector<int> numbers) {
    int longest = 0, current = 0;
    for (size_t place = 0; place < numbers.size(); ++place) {
        current = place > 0 && numbers[place] == numbers[place - 1] ? current + 1 : 1;
        longest = max(longest, current);
    }
    return longest;
}
