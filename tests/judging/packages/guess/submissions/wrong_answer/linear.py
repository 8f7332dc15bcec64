# The interactor rejects it; then it reads the end of its input and fails, which nobody minds any more.
for guess in range(1, 1001):
    print(guess, flush=True)
    if input() == "correct":
        break
