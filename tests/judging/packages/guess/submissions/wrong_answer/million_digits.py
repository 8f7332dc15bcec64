print("9" * 1_000_000, flush=True)
input()
