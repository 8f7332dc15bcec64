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
    while (!queue.empty()) {
        auto [r, c] = queue.front();
        queue.pop();
        for (auto [dr, dc] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
            int nr = r + dr, nc = c + dc;
            if (nr < 0 || nr >= rows || nc < 0 || nc >= columns) continue;
            if (garden[nr][nc] == '#' || steps[nr][nc] >= 0) continue;
            steps[nr][nc] = steps[r][c] + 1;
            queue.push({nr, nc});
        }
    }
    std::cout << steps[apple.first][apple.second] << '\n';
}
