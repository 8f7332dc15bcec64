# After each string, child 1 calls and it is counted who hears it.
import sys

n, _, *ends = map(int, sys.stdin.read().split())
strings = [[] for _ in range(n + 1)]


def all_hear():
    heard = {1}
    stack = [1]
    while stack:
        for child in strings[stack.pop()]:
            if child not in heard:
                heard.add(child)
                stack.append(child)
    return len(heard) == n


answer = 0 if all_hear() else "never"
for number, (a, b) in enumerate(zip(ends[::2], ends[1::2]), 1):
    if answer != "never":
        break
    strings[a].append(b)
    strings[b].append(a)
    if all_hear():
        answer = number
print(answer)
