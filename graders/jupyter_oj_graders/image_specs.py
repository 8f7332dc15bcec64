"""From a language's recipes (core) to the sandbox's image specifications; the sandbox knows no languages."""

from __future__ import annotations

from jupyter_oj_extension.domain.language import ImageRecipe, Language
from jupyter_oj_extension.settings import Settings, default_state_dir
from jupyter_oj_sandbox.api import Archive, ImageSpec
from jupyter_oj_sandbox.settings import SandboxSettings


def image_spec(recipe: ImageRecipe) -> ImageSpec:
    archives = tuple(Archive(each.registry, each.name, each.version, each.take) for each in recipe.archives)
    return ImageSpec(recipe.name, recipe.packages, recipe.prepare, archives, recipe.files, recipe.warm, recipe.base)


def image_specs(language: Language) -> tuple[ImageSpec, ...]:
    """The images a language needs, the one that programs run in first."""
    recipes = [language.run_image]
    if language.compile_image is not None:
        recipes.append(language.compile_image)
    return tuple(image_spec(recipe) for recipe in recipes)


def sandbox_settings(settings: Settings) -> SandboxSettings:
    """The sandbox's share of the settings. An ordinary user's images are made once for all their state folders."""
    return SandboxSettings(
        state_dir=default_state_dir(),
        account=settings.sandbox_account,
        oci_runtime=settings.oci_runtime,
        single_use=settings.single_use,
        recycle_after=settings.recycle_after,
        max_warm=settings.warm_containers,
        warm_interpreters=settings.warm_interpreters,
        base_image=settings.base_image,
    )
