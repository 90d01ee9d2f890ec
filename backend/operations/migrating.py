"""Has migrations draw anew only the tables that a step changed, and those that stand on them.

Django draws every table that is related to a changed one in any way and over any distance: here that is each of them,
after each of some hundred steps, and took most of the time that a database from nothing did.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]
# Django's own, which its types do not know.
_DRAWN_WITH = "_find_reload_model"


@contextmanager
def drawing_only_what_changed() -> Iterator[None]:
    """Within it, the steps of migrations are quick."""
    before = getattr(ProjectState, _DRAWN_WITH)
    setattr(ProjectState, _DRAWN_WITH, _to_be_drawn)
    try:
        yield
    finally:
        setattr(ProjectState, _DRAWN_WITH, before)


def _to_be_drawn(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
    """Return the model and all that stand on it, so that nothing drawn points at what is gone: there is no `delay`."""
    if model_name in state.apps.all_models[app_label]:
        # Read while it is there: a step compares what stood on it before with what does so now.
        _ = state.apps.get_model(app_label, model_name)._meta.related_objects
    standing: defaultdict[Key, set[Key]] = defaultdict(set)
    for key, model in state.models.items():
        for below in _below(key, model):
            standing[below].add(key)
    found, new = set[Key](), {(app_label, model_name)}
    while new:
        found |= new
        new = {above for key in new for above in standing[key]} - found
    return found


def _below(key: Key, model: ModelState) -> Iterator[Key]:
    """Yield what a model stands on: what its fields point at, and what it is made from."""
    for base in model.bases:
        if isinstance(base, str) or hasattr(base, "_meta"):
            yield resolve_relation(base, *key)
    for field in model.fields.values():
        if field.remote_field:
            yield resolve_relation(field.remote_field.model, *key)
            if through := getattr(field.remote_field, "through", None):
                yield resolve_relation(through, *key)
