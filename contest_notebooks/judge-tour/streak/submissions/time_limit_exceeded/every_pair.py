def longest_streak(numbers: list[int]) -> int:
    longest = 0
    for left in range(len(numbers)):
        for right in range(left, len(numbers)):
            if len(set(numbers[left : right + 1])) > 1:
                break
            longest = max(longest, right - left + 1)
    return longest
