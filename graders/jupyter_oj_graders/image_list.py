"""Every image that judging may need, and who needs it: languages, and the scripts of problems' own programs."""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_graders.image_specs import image_specs
from jupyter_oj_graders.validators.scripts import SCRIPTS_IMAGE
from jupyter_oj_sandbox.api import ImageSpec

JURY = "jury"
"""Who needs the images that belong to no language."""
JURY_IMAGES = (SCRIPTS_IMAGE,)


def images_by_need(languages: Iterable[Language], *, jury: bool) -> dict[ImageSpec, list[str]]:
    """The images of `languages`, and with `jury` those of no language, in the order they are built in; for each the ids
    of the languages that share it, or `JURY`."""
    found: dict[ImageSpec, list[str]] = {}
    for language in languages:
        for spec in image_specs(language):
            found.setdefault(spec, []).append(language.id)
    if jury:
        for spec in JURY_IMAGES:
            found.setdefault(spec, []).append(JURY)
    return found
