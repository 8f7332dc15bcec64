# Looks at every house.
a, b, k = map(int, input().split())
lanterns = 0
house = a
while house <= b:
    if house % k == 0:
        lanterns += 1
    house += 1
print(lanterns)
