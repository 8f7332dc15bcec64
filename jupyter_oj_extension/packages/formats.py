"""Where the versions of the Kattis problem package format differ: one `match`, and nowhere else.

https://www.kattis.com/problem-package-format/spec/ (legacy, 2023-07-draft, 2025-09)
"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.packages.files import shown


@dataclass(frozen=True, slots=True)
class Format:
    """Names in a version of the format. Folders are tried in order; the first that exists counts."""

    version: str
    statement_folders: tuple[str, ...]
    solution_folders: tuple[str, ...]
    validator_folders: tuple[str, ...]
    group_files: tuple[str, ...]
    """Settings of a folder of tests; of several in one folder the first."""
    flags_keys: tuple[str, ...]
    """Keys of the output validator's arguments in group and case files: a list, or in old formats one text."""
    strict_keys: bool
    """Unknown keys of problem.yaml are an error."""
    nested_groups: bool
    """Groups may hold groups, and cases beside groups; graders fold them by flags. Else as 2025-09 has it."""

    @property
    def legacy(self) -> bool:
        return self.version.startswith("legacy")


def format_of(version: str) -> Format:
    """The format of a package by its ``problem_format_version`` (absent: ``legacy``). Raises `PackageError`."""
    match version:
        case "2025-09":
            return Format(
                version, ("statement",), ("solution",), ("output_validator",),
                ("test_group.yaml",), ("output_validator_args",),
                strict_keys=True, nested_groups=False,
            )  # fmt: skip
        case "2023-07-draft" | "2023-07":
            return Format(
                version, ("statement", "problem_statement"), ("solution",), ("output_validator", "output_validators"),
                ("testdata.yaml", "test_group.yaml"), ("output_validator_args", "output_validator_flags"),
                strict_keys=False, nested_groups=True,
            )  # fmt: skip
        case "legacy" | "legacy-icpc":
            return Format(
                version, ("problem_statement", "statement"), ("solution",), ("output_validators", "output_validator"),
                ("testdata.yaml", "test_group.yaml"), ("output_validator_flags", "output_validator_args"),
                strict_keys=False, nested_groups=True,
            )  # fmt: skip
        case _:
            raise PackageError(
                f"problem.yaml: problem_format_version {shown(version)} is not known; "
                "use 2025-09, 2023-07-draft or legacy"
            )
