"""Each field of each model is personal, secret or neither; nothing stands nowhere."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from backend.accounts.models import Person
from backend.privacy.classes import classes, stored_fields


def models() -> dict[str, type[Model]]:
    every = apps.get_models(include_auto_created=True)
    return {model._meta.label: model for model in every if not model._meta.proxy}


def test_every_model_is_classified() -> None:
    assert set(classes()) == set(models())


def test_every_field_is_classified_once() -> None:
    wrong = {}
    for label, each in classes().items():
        listed = [*each.personal, *each.secret, *each.none]
        if sorted(listed) != sorted(stored_fields(models()[label])):
            wrong[label] = sorted(set(listed) ^ stored_fields(models()[label])) or "twice"
    assert wrong == {}


def test_paths_lead_to_people() -> None:
    wrong = []
    for label, each in classes().items():
        for path in {*each.owners, *each.row, *each.of, *each.sees, *([each.unless] if each.unless else [])}:
            model = models()[label]
            for step in path.split("__"):
                try:
                    field = model._meta.pk if step == "pk" else model._meta.get_field(step)
                    model = (field and field.related_model) or model  # type: ignore[assignment]
                except FieldDoesNotExist:
                    wrong.append(f"{label}: {path}")
            if model is not Person:
                wrong.append(f"{label}: {path} leads to {model.__name__}")
    assert wrong == []


def test_what_hides_a_secret_is_one() -> None:
    """A name that sounds like a secret is classified as one."""
    told = {"digest", "password", "key", "token", "session_key", "session_data", "login_digest"}
    loose = [
        f"{label}.{name}"
        for label, each in classes().items()
        for name in told & each.fields
        if name not in each.secret and label != "eventlog.Receipt"  # the client's own key of a repetition
    ]
    assert loose == []
