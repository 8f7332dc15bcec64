# A file left by one test must not be there in the next.
import os

here = [name for name in os.listdir(".")]
if here:
    raise SystemExit(f"found {here}")
with open("left-behind", "w") as file:
    file.write("hello")
print(2 * int(input()))
