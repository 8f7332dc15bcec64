"""What learners see of compilers: each one's own words, free of our folders, the first errors kept whole."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_oj_graders.compiler_output import OUTPUT_CHARS, readable

SAID = {
    "g++": (
        "/box/solution.cpp: In function 'int main()':\n/box/solution.cpp:3:5: error: \x1b[31mno\x1b[0m\r\n",
        "solution.cpp: In function 'int main()':\nsolution.cpp:3:5: error: no",
    ),
    "g++ with links": (
        "/box/solution.cpp:1:1: warning: w [\x1b]8;;https://gcc.gnu.org\x07-Wunused\x1b]8;;\x07]\n",
        "solution.cpp:1:1: warning: w [-Wunused]",
    ),
    "the linker": (
        "/usr/bin/ld: /scratch/ccAb12Cd.o: in function `main':\nsolution.cpp:(.text+0x9): undefined reference to `f()'"
        "\ncollect2: error: ld returned 1 exit status\n",
        "ld: the program: in function `main':\nsolution.cpp:(.text+0x9): undefined reference to `f()'\n"
        "collect2: error: ld returned 1 exit status",
    ),
    "clang": (
        "/box/solution.cpp:2:3: error: use of undeclared identifier 'x'\n  x;\n  ^\n1 error generated.\n",
        "solution.cpp:2:3: error: use of undeclared identifier 'x'\n  x;\n  ^\n1 error generated.",
    ),
    "javac": (
        "Picked up JAVA_TOOL_OPTIONS: -Xss64m\n/box/Main.java:3: error: ';' expected\n        int x = 1\n"
        "                 ^\n1 error\n",
        "Main.java:3: error: ';' expected\n        int x = 1\n                 ^\n1 error",
    ),
    "kotlinc": (
        "OpenJDK 64-Bit Server VM warning: Options -Xverify:none were deprecated in JDK 13\n"
        "warning: unable to find kotlin-stdlib.jar in the Kotlin home directory\n"
        "/box/solution.kt:2:13: error: unresolved reference: foo\n    println(foo)\n            ^\n",
        "solution.kt:2:13: error: unresolved reference: foo\n    println(foo)\n            ^",
    ),
    "a jar": (
        "error: could not find /usr/share/java/kotlin/lib/kotlin-stdlib.jar\n",
        "error: could not find kotlin-stdlib.jar",
    ),
    "tsc": (
        "../box/solution.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.\n",
        "solution.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.",
    ),
    "node": (
        "/box/solution.js:2\nlet = ;\n      ^\n\nSyntaxError: Unexpected token ';'\n"
        "    at internalCompileFunction (node:internal/vm:76:18)\n    at node:internal/main/run_main_module:23:47\n\n"
        "Node.js v18.13.0\n",
        "solution.js:2\nlet = ;\n      ^\n\nSyntaxError: Unexpected token ';'",
    ),
    "go": ("# command-line-arguments\n./solution.go:5:2: undefined: x\n", "solution.go:5:2: undefined: x"),
    "go from afar": (
        "# command-line-arguments\n../box/solution.go:5:2: undefined: x\n",
        "solution.go:5:2: undefined: x",
    ),
    "rustc": (
        'error[E0425]: cannot find value `x` in this scope\n --> /box/solution.rs:2:20\n  |\n2 |     println!("{}", x);'
        "\n  |                    ^ not found in this scope\n\nerror: aborting due to 1 previous error\n\n"
        "For more information about this error, try `rustc --explain E0425`.\n",
        'error[E0425]: cannot find value `x` in this scope\n --> solution.rs:2:20\n  |\n2 |     println!("{}", x);'
        "\n  |                    ^ not found in this scope",
    ),
    "mcs": (
        "/box/solution.cs(4,9): error CS0103: The name `x' does not exist in the current context\n"
        "Compilation failed: 1 error(s), 0 warnings\n",
        "solution.cs(4,9): error CS0103: The name `x' does not exist in the current context\n"
        "Compilation failed: 1 error(s), 0 warnings",
    ),
    "python": (
        '  File "/box/solution.py", line 3\n    f(:\n      ^\nSyntaxError: invalid syntax\n',
        '  File "solution.py", line 3\n    f(:\n      ^\nSyntaxError: invalid syntax',
    ),
    "bash": (
        "/box/solution.sh: line 3: syntax error: unexpected end of file\n",
        "solution.sh: line 3: syntax error: unexpected end of file",
    ),
}


@pytest.mark.parametrize(("said", "shown"), SAID.values(), ids=SAID.keys())
def test_a_compiler(said: str, shown: str) -> None:
    assert readable(said.encode()) == shown


@pytest.mark.parametrize("text", ["toolbox/x", "a/box/b", "my/scratch/c", "./solution", "3 ./ 4"])
def test_what_only_looks_like_a_folder_of_ours_stays(text: str) -> None:
    assert readable(f"solution.cpp:1:1: error: no {text}".encode()) == f"solution.cpp:1:1: error: no {text}"


def test_the_notes_of_a_template_leave_room_for_every_error() -> None:
    notes = "".join(
        f"/usr/include/c++/12/bits/stl_{i}.h:{i}:7: note: candidate: 'template<class T> void f(T, {'x' * 100})'\n"
        f"  {i} |   void f(T)\n      |        ^\n"
        for i in range(200)
    )
    said = "".join(
        "/box/solution.cpp: In function 'int main()':\n"
        f"/box/solution.cpp:{line}:3: error: no matching function for call to 'f'\n  {line} | f();\n     | ^\n"
        f"{notes}/box/solution.cpp:{line}:4: warning: unused variable\n"
        for line in (5, 9, 12)
    )
    shown = readable(said.encode())
    for line in (5, 9, 12):
        assert f"solution.cpp:{line}:3: error: no matching function for call to 'f'\n  {line} | f();" in shown
    assert shown.count("In function 'int main()'") == 3
    assert "warning: unused variable" in shown
    assert "note:" not in shown
    assert shown.endswith("… (1800 more lines)")


def test_many_errors_show_the_first() -> None:
    long = "".join(f"/box/Main.java:{line}: error: again and again\n" for line in range(1, 5000))
    shown = readable(long.encode())
    assert shown.startswith("Main.java:1: error: again and again\nMain.java:2: error")
    assert shown.endswith("more lines)")
    assert len(shown) < OUTPUT_CHARS + 40


def test_a_line_that_never_ends_is_cut() -> None:
    shown = readable(b"/box/solution.cpp:1:1: error: " + b"x" * 100_000 + b"\nsolution.cpp:2:1: error: next\n")
    assert shown.splitlines()[0].endswith("x …")
    assert shown.splitlines()[1] == "solution.cpp:2:1: error: next"


SCRAPS = st.sampled_from(
    ["/box/", "/scratch/cc123456.o", "../", "/", "\x1b[", "\x1b]8;;", "error: ", "note: ", "\n", "a"]
)


@given(st.one_of(st.binary(max_size=300), st.lists(SCRAPS, max_size=80).map(lambda parts: "".join(parts).encode())))
def test_any_compiler_output_can_be_shown(said: bytes) -> None:
    shown = readable(said)
    shown.encode()
    assert len(shown) < OUTPUT_CHARS + 40
    assert not any(ord(character) < 32 and character not in "\n\t" for character in shown)


@pytest.mark.parametrize(
    "scrap", ["../", "/a", "\x1b]", "a.", "In ", "required ", "error", ": error", "/usr/bin/", "\n"]
)
def test_half_a_megabyte_of_anything_is_read_at_once(scrap: str) -> None:
    text = (scrap * (524_288 // len(scrap))).encode()
    began = time.process_time()
    readable(text)
    assert time.process_time() - began < 5
