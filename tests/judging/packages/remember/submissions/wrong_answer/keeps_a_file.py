from pathlib import Path

verb, word = input().split()
memory = Path("memory")
if verb == "encode":
    memory.write_text(word)
    print("x")
else:
    print(memory.read_text() if memory.exists() else "forgotten")
