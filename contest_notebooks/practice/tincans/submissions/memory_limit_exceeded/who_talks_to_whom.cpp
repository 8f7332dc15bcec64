// A table of who talks to whom, joined row by row.
#include <iostream>
#include <vector>

int main() {
    int n, m;
    std::cin >> n >> m;
    std::vector<std::vector<int>> talks(n, std::vector<int>(n, 0));
    for (int i = 0; i < n; i++) talks[i][i] = 1;
    int groups = n, answer = 0;
    for (int number = 1; number <= m && groups > 1; number++) {
        int a, b;
        std::cin >> a >> b;
        a--, b--;
        if (talks[a][b]) continue;
        std::vector<int> left = talks[a], right = talks[b];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if ((left[i] && right[j]) || (right[i] && left[j])) talks[i][j] = 1;
        groups--;
        answer = number;
    }
    if (groups > 1) std::cout << "never\n";
    else std::cout << answer << '\n';
}
