"""Names of uncaught errors that may be told whatever the source says: those of the languages' own libraries."""

from __future__ import annotations

TYPES = frozenset(
    # Python, its standard library
    "ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError "
    "BufferError ChildProcessError ConnectionError EOFError Exception ExceptionGroup FileExistsError FileNotFoundError "
    "FloatingPointError GeneratorExit ImportError IndentationError IndexError InterruptedError IsADirectoryError "
    "KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError "
    "NotImplementedError OSError OverflowError PermissionError ProcessLookupError RecursionError ReferenceError "
    "RuntimeError StopAsyncIteration StopIteration SyntaxError SystemError TabError TimeoutError TypeError "
    "UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError ZeroDivisionError "
    "JSONDecodeError InvalidOperation DivisionByZero StatisticsError FrozenInstanceError CancelledError Empty Full "
    "LinAlgError AxisError "
    # Java and Kotlin
    "AbstractMethodError ArrayIndexOutOfBoundsException ArrayStoreException ClassCastException "
    "ClassNotFoundException CloneNotSupportedException ConcurrentModificationException DateTimeException "
    "DuplicateFormatFlagsException EmptyStackException Error ExceptionInInitializerError FormatterClosedException "
    "IOException IllegalArgumentException IllegalCallerException IllegalFormatException "
    "IllegalFormatConversionException IllegalMonitorStateException IllegalStateException "
    "IllegalThreadStateException IndexOutOfBoundsException InputMismatchException InterruptedException "
    "InternalError KotlinNullPointerException KotlinNothingValueException MissingFormatArgumentException "
    "NegativeArraySizeException NoClassDefFoundError NoSuchElementException NoSuchFieldError NoSuchMethodError "
    "NoWhenBranchMatchedException NullPointerException NumberFormatException OutOfMemoryError PatternSyntaxException "
    "RuntimeException SecurityException StackOverflowError StringIndexOutOfBoundsException Throwable "
    "UncheckedIOException UninitializedPropertyAccessException UnknownFormatConversionException "
    "UnsupportedOperationException VerifyError ExecutionException CompletionException TimeoutException "
    "DateTimeParseException EOFException FileNotFoundException "
    # JavaScript
    "AggregateError EvalError RangeError URIError InternalError UnhandledPromiseRejection "
    # Rust, what a `main` may return
    "CharTryFromError FromUtf8Error ParseBoolError ParseCharError ParseFloatError ParseIntError TryFromIntError "
    "TryFromSliceError Utf8Error "
    # C++
    "std::bad_alloc std::bad_array_new_length std::bad_cast std::bad_exception std::bad_function_call "
    "std::bad_optional_access std::bad_typeid std::bad_variant_access std::bad_weak_ptr std::domain_error "
    "std::exception std::future_error std::invalid_argument std::ios_base::failure std::length_error "
    "std::logic_error std::out_of_range std::overflow_error std::range_error std::regex_error std::runtime_error "
    "std::system_error std::underflow_error int char long double float bool unsigned "
    # C#
    "AccessViolationException AggregateException ArgumentException ArgumentNullException ArgumentOutOfRangeException "
    "ArithmeticException DivideByZeroException EndOfStreamException FormatException IndexOutOfRangeException "
    "InsufficientMemoryException InvalidCastException InvalidOperationException InvalidProgramException "
    "KeyNotFoundException NotFiniteNumberException NotImplementedException NotSupportedException "
    "NullReferenceException ObjectDisposedException OperationCanceledException OutOfMemoryException "
    "OverflowException RankException StackOverflowException SystemException TypeInitializationException "
    "TypeLoadException "
    # ours, for errors without a type
    "panic error exception".split()
) | {"fatal error", "assertion failed", "parse error", "runtime error", "out of memory"}

PHRASES = {
    # Go
    "index out of range": "index out of range",
    "slice bounds out of range": "slice bounds out of range",
    "integer divide by zero": "integer divide by zero",
    "nil pointer dereference": "nil pointer dereference",
    "assignment to entry in nil map": "assignment to a nil map",
    "interface conversion": "interface conversion",
    "makeslice:": "slice of impossible size",
    "all goroutines are asleep - deadlock!": "deadlock",
    "concurrent map": "concurrent use of a map",
    "close of closed channel": "closed channel",
    "send on closed channel": "closed channel",
    "close of nil channel": "nil channel",
    "stack overflow": "stack overflow",
    "out of memory": "out of memory",
    # Rust
    "index out of bounds": "index out of bounds",
    "out of range for slice": "slice bounds out of range",
    "is not a char boundary": "not a char boundary",
    "attempt to divide by zero": "attempt to divide by zero",
    "attempt to calculate the remainder with a divisor of zero": "attempt to divide by zero",
    "attempt to add with overflow": "arithmetic overflow",
    "attempt to subtract with overflow": "arithmetic overflow",
    "attempt to multiply with overflow": "arithmetic overflow",
    "attempt to negate with overflow": "arithmetic overflow",
    "on a `None` value": "unwrap of None",
    "on an `Err` value": "unwrap of Err",
    "already borrowed": "already borrowed",
    "already mutably borrowed": "already borrowed",
    "internal error: entered unreachable code": "unreachable code",
    "not yet implemented": "not yet implemented",
    "assertion failed": "assertion failed",
    "assertion `left": "assertion failed",
    "capacity overflow": "capacity overflow",
    "has overflowed its stack": "stack overflow",
    "memory allocation of": "out of memory",
    # C and C++, by glibc and libstdc++
    "stack smashing detected": "stack smashing",
    "double free or corruption": "heap corruption",
    "free(): ": "heap corruption",
    "malloc(): ": "heap corruption",
    "realloc(): ": "heap corruption",
    "munmap_chunk(): ": "heap corruption",
    "corrupted size vs. prev_size": "heap corruption",
    "corrupted double-linked list": "heap corruption",
    "buffer overflow detected": "buffer overflow",
    "pure virtual method called": "pure virtual method",
    "terminate called without an active exception": "terminate",
    "terminate called recursively": "terminate",
    # Bash
    "command not found": "command not found",
    "division by 0": "division by zero",
    "unbound variable": "unbound variable",
    "syntax error": "syntax error",
    "No such file or directory": "no such file",
    "Permission denied": "permission denied",
    "Argument list too long": "argument list too long",
    "cannot allocate memory": "out of memory",
    "Segmentation fault": "segmentation fault",
}
"""Words in the sentence that a runtime ends with, and what we call it. The first that fits."""
