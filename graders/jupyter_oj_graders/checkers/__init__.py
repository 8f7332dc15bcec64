"""Output checkers: pure functions ``check(answer, output, flags) -> CheckResult``, one module a family of rules."""
