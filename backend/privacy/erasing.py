"""Erasing somebody: by the table, so that a new personal field goes with the others."""

from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import FileField, Q, QuerySet

from backend.accounts.models import Person, PersonKind, PersonState, SignInAttempt
from backend.accounts.registration import banned_login
from backend.accounts.sign_in import digest_of, sign_out_everywhere
from backend.core import clock
from backend.eventlog.models import Receipt, Stream
from backend.privacy.classes import Classes, classes, empty

NOWHERE = "removed.invalid"  # no letter ever arrives there


def erase(person: Person) -> None:
    """Rows of one's own go; in rows that others share one's words go; the account stays as an empty name."""
    login, is_banned = person.login, person.state == PersonState.BANNED
    sign_out_everywhere(person)
    for each in classes().values():
        if each.row:
            _rows(each, person, each.row).delete()
    for each in classes().values():
        if each.model is not Person:
            _erase_words(each, person)
    Receipt.objects.filter(Q(owner=str(person.pk)) | Q(answer__icontains=login)).delete()
    counted = (login, f"code:{person.pk}", f"reset:{login}", f"register:{login}")
    SignInAttempt.objects.filter(login_digest__in=map(digest_of, counted)).delete()
    Stream.objects.filter(pk=person.pk).delete()
    _empty_account(person, banned_login(login) if is_banned else f"removed-{person.pk}")


def _erase_words(each: Classes, person: Person) -> None:
    for path in each.owners:
        rows = _rows(each, person, [path])
        if each.unless:
            others = f"{each.unless}__isnull"
            shared = rows.filter(**{others: False}).exclude(**{each.unless: person})
            rows = rows.exclude(pk__in=shared.values("pk"))
        fields = [each.model._meta.get_field(name) for name in each.owned(path)]
        for file in (field for field in fields if isinstance(field, FileField)):
            _erase_files(file, rows)
        values: dict[str, Any] = {field.name: empty(field) for field in fields}
        if each.removed:
            rows.filter(removed_at=None).update(removed_at=clock.now(), removed_by=person)
        each.model._base_manager.filter(pk__in=[row.pk for row in rows]).update(**values)


def _erase_files(field: FileField, rows: QuerySet[Any]) -> None:
    """The bytes go once the transaction is through; a broken erasure loses none."""
    storage: Storage = field.storage
    for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
        transaction.on_commit(lambda name=name: storage.delete(name))  # type: ignore[misc]


def _rows(each: Classes, person: Person, paths: Any) -> QuerySet[Any]:
    mine = Q()
    for path in paths:
        mine |= Q(**{path: person.pk})
    return each.model._base_manager.filter(pk__in=each.model._base_manager.filter(mine).values("pk"))


def _empty_account(person: Person, login: str) -> None:
    mine = classes()["accounts.Person"]
    for name in mine.owned("pk"):
        field = Person._meta.get_field(name)
        if field.many_to_many:
            getattr(person, name).clear()
        else:
            setattr(person, name, empty(field))
    person.given_name = ""
    person.login = login
    person.email = "" if person.kind == PersonKind.PUPIL else f"{person.pk}@{NOWHERE}"
    person.set_unusable_password()
    person.state, person.state_since, person.due_at = PersonState.ERASED, clock.now(), None
    person.save()
