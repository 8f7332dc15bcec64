print("x", flush=True)
while True:
    pass
