# Takes all loaves together for one loaf with the average speed.
from math import log

n, room, goal = input().split()
n, room, goal = int(n), float(room), float(goal)
loaves = [tuple(map(float, input().split())) for _ in range(n)]
start = sum(start for start, _ in loaves) / n
speed = sum(speed for _, speed in loaves) / n
print(log((start - room) / (goal - room)) / speed)
