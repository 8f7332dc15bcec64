# mypy: ignore-errors
"""Run once in a warm interpreter whose programs say that they import what is heavy: imports it, and hides it again.

A hidden module comes back when a program imports it, with the modules that its own import statements would have
brought, in the order in which they would have come. Until then nothing of it is in ``sys.modules``, nor among the
objects that the garbage collector knows. With the first one the program gets a copy of its own of all that they hold
(`own_pages`), so that it is charged for it. Where something else would be found (through ``sys.path``, a finder, a file
of that name beside the program), the import is an ordinary one. Who watches imports (an audit hook, a trace function)
does not see those of a hidden module.

Runs in a namespace of its own, under the file name of the import system, so that tracebacks leave its frames out.
`zygote.c` calls `ready`, gives `own_pages`, and takes `base`.
"""

import _frozen_importlib as system
import _warnings
import builtins
import gc
import sys

HEAVY = ("numpy",)

stash, edges, filters, loading, first = {}, {}, {}, [], {}
real_import, real_load = builtins.__import__, system._find_and_load_unlocked
modules = sys.modules


def noting_import(name, namespace=None, local=None, fromlist=(), level=0):
    """An import statement, noted as one of the module that is being executed."""
    result = real_import(name, namespace, local, fromlist, level)
    if loading:
        if level:
            name = system._resolve_name(name, system._calc___package__(namespace), level)
        parts = name.split(".")
        wanted = [".".join(parts[: i + 1]) for i in range(len(parts))]
        wanted += [f"{name}.{each}" for each in fromlist or () if f"{name}.{each}" in modules]
        edges[loading[-1]] += wanted
    return result


def noting_load(name, import_):
    """A module's load: what it imports, and what it adds to the warnings' filters."""
    edges[name], had = [], len(_warnings.filters)
    if loading:
        edges[loading[-1]].append(name)
    loading.append(name)
    try:
        module = real_load(name, import_)
    except ImportError:
        if len(loading) > 1:
            edges[loading[-2]].remove(name)
        raise
    finally:
        loading.pop()
    unasked = [each for each in modules if each not in edges and each not in first and each != "gc"]
    edges.update((each, []) for each in unasked)  # put there by C code, without an import
    edges[name][:0] = unasked
    added = _warnings.filters[: len(_warnings.filters) - had]
    filters[name] = [each for each in added if not any(each in others for others in filters.values())]
    return module


def preload():
    for name in HEAVY:
        try:
            real_import(name)
        except ImportError:
            continue


def hide(before):
    for name in [name for name in modules if name not in before]:
        stash[name] = module = modules.pop(name)
        parent, _, child = name.rpartition(".")
        holder = stash.get(parent) or modules.get(parent)
        if holder is not None and vars(holder).get(child) is module:
            delattr(holder, child)


def give(name, import_):
    """Bring a hidden module back as its load would have."""
    if name in modules:
        return modules[name]
    if name not in stash:
        return import_(name)
    parent, _, child = name.rpartition(".")
    if parent:
        give(parent, import_)
        if name in modules:
            return modules[name]
    module = modules[name] = stash.pop(name)
    for needed in edges.get(name, ()):
        if needed in stash:
            give(needed, import_)
    modules[name] = modules.pop(name)
    if filters.get(name):
        _warnings.filters[:0] = filters[name]
        _warnings._filters_mutated()
    if parent and parent in modules:
        setattr(modules[parent], child, module)
    return module


def found_as_ever():
    """Whether the import system would find all that is hidden where it was found. It is asked only when the program has
    changed what it goes by: its own finders are asked then as well, as they would be."""
    if (sys.path, sys.meta_path, sys.path_hooks) == usual and not beside:
        return True
    for name, module in list(stash.items()):
        if "." not in name and module.__spec__ is not None:
            spec = system._find_spec(name, None)
            if spec is None or spec.origin != module.__spec__.origin:
                return False
    return True


def load(name, import_):
    if name in stash and found_as_ever():
        if not given:
            own_pages()  # noqa: F821 (given by zygote.c)
        given.append(name)
        return give(name, import_)
    return real_load(name, import_)


def ready():
    """Called in a program: what lies beside it may go before what is hidden, and its thread is another one."""
    from posix import listdir

    if "threading" in stash:
        stash["threading"].main_thread()._set_native_id()
    for folder in usual[0]:
        if not folder.startswith(sys.prefix):  # the program's, not the image's
            beside.extend(name for name in listdir(folder or ".") if name.partition(".")[0] in stash)


usual = list(sys.path), list(sys.meta_path), list(sys.path_hooks)
beside, given = [], []
base = gc.get_objects()
importers, had_filters = dict(sys.path_importer_cache), list(_warnings.filters)
first.update(modules)
del first["gc"]
builtins.__import__, system._find_and_load_unlocked = noting_import, noting_load
preload()
builtins.__import__, system._find_and_load_unlocked = real_import, load
if "re" in modules:
    modules["re"].purge()
_warnings.filters[:] = had_filters
_warnings._filters_mutated()
hide(first)
sys.path_importer_cache.clear()
sys.path_importer_cache.update(importers)
del importers, had_filters
first.clear()
gc.freeze()
