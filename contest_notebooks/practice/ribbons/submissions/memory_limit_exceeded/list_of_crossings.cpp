// Keeps all crossings of every ribbon.
#include <iostream>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<int> ends(n);
    for (int &end : ends) std::cin >> end;
    std::vector<std::vector<int>> crossing(n);
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            if (ends[i] > ends[j]) crossing[i].push_back(j);
    long long knots = 0;
    for (int i = 0; i < n; i++)
        for (int j : crossing[i]) knots += crossing[j].size();
    std::cout << knots << '\n';
}
