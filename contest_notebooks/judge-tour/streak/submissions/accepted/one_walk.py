def longest_streak(numbers: list[int]) -> int:
    longest = current = 0
    for place, number in enumerate(numbers):
        current = current + 1 if place and number == numbers[place - 1] else 1
        longest = max(longest, current)
    return longest
