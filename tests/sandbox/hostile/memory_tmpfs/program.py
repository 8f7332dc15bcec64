with open("/scratch/big", "wb") as file:
    try:
        while True:
            file.write(bytes(1 << 20))
            file.flush()
    except OSError as error:
        print("refused:", error.errno, flush=True)
        import os

        os._exit(0)
