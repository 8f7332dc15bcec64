from collections import Counter


def longest_streak(numbers: list[int]) -> int:
    return max(Counter(numbers).values(), default=0)
