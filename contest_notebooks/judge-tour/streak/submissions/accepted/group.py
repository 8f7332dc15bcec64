from itertools import groupby


def longest_streak(numbers: list[int]) -> int:
    print("what is printed is shown, and is not the answer")
    return max((len(list(same)) for _, same in groupby(numbers)), default=0)
