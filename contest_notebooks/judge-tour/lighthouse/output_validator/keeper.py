"""The lighthouse keeper: keeper.py INPUT ANSWER FEEDBACK_FOLDER, talking with the submission by standard input and output.

Exits with 42 when the boat was found with at most 10 questions, with 43 when it was not (Kattis 2025-09).
"""

import re
import sys
from pathlib import Path
from typing import NoReturn

QUESTIONS = 10
ACCEPTED, WRONG = 42, 43
feedback = Path(sys.argv[3])


def end(code: int, message: str) -> NoReturn:
    (feedback / "judgemessage.txt").write_text(message + "\n")
    sys.exit(code)


def say(line: object) -> None:
    try:
        print(line, flush=True)
    except BrokenPipeError:
        sys.stdout = None  # nothing more can be said, and nothing is to be flushed at the end
        end(WRONG, "the submission stopped listening")


n, boat = map(int, Path(sys.argv[1]).read_text().split())
say(n)
for asked in range(QUESTIONS + 1):
    line = sys.stdin.readline()
    found = re.fullmatch(r"(ask|boat) ([1-9][0-9]{0,3})\n?", line)
    if found is None or int(found[2]) > n:
        end(WRONG, f"not a question or an answer: {line[:80]!r}")
    place = int(found[2])
    if found[1] == "boat":
        if sys.stdin.read(1):
            end(WRONG, "the submission went on after its answer")
        end(ACCEPTED if place == boat else WRONG, f"boat at {boat}, answer {place}, {asked} questions")
    if asked == QUESTIONS:
        end(WRONG, "too many questions")
    say("here" if place == boat else "north" if place < boat else "south")
