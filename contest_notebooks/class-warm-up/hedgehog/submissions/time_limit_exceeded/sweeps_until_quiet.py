# Goes over the whole garden again and again until no number changes.
rows, columns = map(int, input().split())
width = columns + 1
garden = "#" * width + "".join(input() + "#" for _ in range(rows)) + "#" * width
far = 10**9
steps = [0 if patch == "H" else far for patch in garden]
patches = [i for i, patch in enumerate(garden) if patch != "#"]
changed = True
while changed:
    changed = False
    for here in patches:
        near = 1 + min(steps[here - 1], steps[here + 1], steps[here - width], steps[here + width])
        if near < steps[here]:
            steps[here] = near
            changed = True
print(steps[garden.index("A")] if steps[garden.index("A")] < far else -1)
