"""The jury's own programs: custom output validators and interactors, in boxes that no learner's program has been in."""

from jupyter_oj_graders.validators.said import Said
from jupyter_oj_graders.validators.validator import Matter, Validator

__all__ = ["Matter", "Said", "Validator"]
