// Marks a patch when it leaves the queue, and not even then looks whether it was there before.
#include <iostream>
#include <queue>
#include <string>
#include <tuple>
#include <vector>

int main() {
    int rows, columns;
    std::cin >> rows >> columns;
    std::vector<std::string> garden(rows);
    for (auto &row : garden) std::cin >> row;
    std::vector<std::vector<bool>> visited(rows, std::vector<bool>(columns));
    std::queue<std::tuple<int, int, int>> queue;
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++)
            if (garden[r][c] == 'H') queue.push({r, c, 0});
    while (!queue.empty()) {
        auto [r, c, steps] = queue.front();
        queue.pop();
        visited[r][c] = true;
        if (garden[r][c] == 'A') {
            std::cout << steps << '\n';
            return 0;
        }
        for (auto [dr, dc] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
            int nr = r + dr, nc = c + dc;
            if (nr < 0 || nr >= rows || nc < 0 || nc >= columns) continue;
            if (garden[nr][nc] != '#' && !visited[nr][nc]) queue.push({nr, nc, steps + 1});
        }
    }
    std::cout << -1 << '\n';
}
