from itertools import groupby


def longest_streak(numbers: list[int]) -> int:
    print(max((len(list(same)) for _, same in groupby(numbers)), default=0))
    return 0
