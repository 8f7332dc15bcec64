def longest_streak(numbers: list[int]) -> int:
    longest = current = 1
    last = numbers[0]
    for number in numbers[1:]:
        current = current + 1 if number == last else 1
        longest, last = max(longest, current), number
    return longest
