import sys


def main() -> None:
    numbers = list(map(int, sys.stdin.read().split()))[1:]
    best = run = numbers[0]
    for number in numbers[1:]:
        run = max(number, run + number)
        best = max(best, run)
    print(best)


main()
