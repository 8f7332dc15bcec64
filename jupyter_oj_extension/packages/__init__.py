"""Reading problem packages, one module a format. Nothing of a package is ever executed here."""

from jupyter_oj_extension.packages.reader import read

__all__ = ["read"]
