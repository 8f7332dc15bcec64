"""Reading problem packages of the Kattis formats 2025-09 (ours), 2023-07-draft and legacy. Nothing is executed."""

from jupyter_oj_extension.packages.archive import extract
from jupyter_oj_extension.packages.jury import jury_submissions
from jupyter_oj_extension.packages.reader import content_files, content_hash, read
from jupyter_oj_extension.packages.unmet import unmet

__all__ = ["content_files", "content_hash", "extract", "jury_submissions", "read", "unmet"]
