// Cuts corners: also steps diagonally when both patches beside are free.
#include <iostream>
#include <queue>
#include <string>
#include <utility>
#include <vector>

int main() {
    int rows, columns;
    std::cin >> rows >> columns;
    std::vector<std::string> garden(rows);
    for (auto &row : garden) std::cin >> row;
    std::vector<std::vector<int>> steps(rows, std::vector<int>(columns, -1));
    std::queue<std::pair<int, int>> queue;
    std::pair<int, int> apple;
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++) {
            if (garden[r][c] == 'A') apple = {r, c};
            if (garden[r][c] == 'H') {
                steps[r][c] = 0;
                queue.push({r, c});
            }
        }
    auto grass = [&](int r, int c) { return r >= 0 && r < rows && c >= 0 && c < columns && garden[r][c] != '#'; };
    while (!queue.empty()) {
        auto [r, c] = queue.front();
        queue.pop();
        for (int dr = -1; dr <= 1; dr++)
            for (int dc = -1; dc <= 1; dc++) {
                int nr = r + dr, nc = c + dc;
                if (!grass(nr, nc) || !grass(r, nc) || !grass(nr, c) || steps[nr][nc] >= 0) continue;
                steps[nr][nc] = steps[r][c] + 1;
                queue.push({nr, nc});
            }
    }
    std::cout << steps[apple.first][apple.second] << '\n';
}
