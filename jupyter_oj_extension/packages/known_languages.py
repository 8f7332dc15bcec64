"""File name extensions of the format's table of languages, for those that no grader here may have: so that a package's
submissions can be told apart, and passed over by name. Those of installed languages come before these.

https://www.kattis.com/problem-package-format/appendix/languages
"""

from __future__ import annotations

_TABLE = """
ada .adb .ads
algol68 .a68
apl .apl
bash .sh
c .c
cobol .cob
cpp .cc .cpp .cxx .c++ .C
crystal .cr
csharp .cs
d .d
dart .dart
elixir .ex
erlang .erl
forth .fth .4th .forth .frt
fortran .f90
fsharp .fs
gerbil .ss
go .go
haskell .hs
java .java
javascript .js
julia .jl
kotlin .kt
lisp .lisp .cl
lua .lua
modula2 .mod .def
nim .nim
objectivec .m
ocaml .ml
odin .odin
pascal .pas
perl .pm
php .php
prolog .pl
python2 .py2
python3 .py .py3
racket .rkt
ruby .rb
rust .rs
scala .scala
simula .sim
smalltalk .st
snobol .sno
swift .swift
typescript .ts
visualbasic .vb
zig .zig
"""

EXTENSIONS: dict[str, str] = {
    extension: line.split()[0] for line in _TABLE.strip().splitlines() for extension in line.split()[1:]
}
