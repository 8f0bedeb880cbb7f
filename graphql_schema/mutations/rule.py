"""What every mutation shares: one input, a client's own key, and refusals as data."""

import json
from collections.abc import Callable
from typing import Annotated, Any

import strawberry
import strawberry_django
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from strawberry import UNSET, argument
from strawberry.field_extensions import InputMutationExtension
from strawberry.types.field import StrawberryField
from strawberry_django.fields.types import OperationInfo

from backend.core.guards import TextConflict as Conflict
from backend.core.guards import refusal
from backend.eventlog.receipts import Request, once
from backend.eventlog.record import collecting
from backend.schools.countries import CountryCode
from backend.vocabulary.codes import Language
from graphql_schema.types.projects import TextConflict
from graphql_schema.viewer import Info, viewer_key, viewer_of

KEY_LIMIT = 128
Version = Annotated[int, argument(description="The version that was edited.")]
KEY = (
    "A key of the client's own choice: the same key and input within 24 hours give the first answer again "
    "and no second effect."
)
AGAIN = (
    "A key of the client's own choice, taken as everywhere. What this mutation checks or gives holds for the moment "
    "only: sent again, it runs again."
)


def only_key(name: str) -> Any:
    """The input of a mutation that is told nothing else."""
    given = type(name, (), {"__annotations__": {"client_mutation_key": str | None}})
    given.client_mutation_key = strawberry.field(default=None, description=AGAIN)  # type: ignore[attr-defined]
    return Annotated[
        strawberry.input(given, name=name, description="Nothing but a key.") | None, argument(description="A key.")
    ]


def an_id(what: str) -> Any:
    """An id as an input field, with its description."""
    return Annotated[strawberry.ID, argument(description=what)]


def a_country(what: str) -> Any:
    return Annotated[CountryCode, argument(description=what)]


def a_language(what: str) -> Any:
    return Annotated[Language, argument(description=what)]


def a_text(what: str) -> Any:
    return Annotated[str, argument(description=what)]


def or_conflict(write: Callable[[], Any]) -> Any:
    """The written object, or both texts when somebody else was quicker."""
    try:
        return write()
    except Conflict as conflict:
        return TextConflict(
            message=" ".join(conflict.messages), code=conflict.code or "", version=conflict.version,
            stored=conflict.stored, typed=conflict.typed,
        )  # fmt: skip


def typed(given: dict[str, Any], *, nullable: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the client sent: without what it left out, and without nulls where there can be none."""
    return {
        name: value for name, value in given.items() if value is not UNSET and (value is not None or name in nullable)
    }


def mutation(description: str, *, keyed: bool = True, has_input: bool = True) -> Callable[[Callable[..., Any]], Any]:
    """A mutation with one `input`, whose refusals come as OperationInfo. Those that are `keyed` answer a repeated
    request with the first answer; others run again: what checks passwords counts every try."""

    def field(resolver: Callable[..., Any]) -> Any:
        extension = KeyedInput() if keyed else RepeatedInput()
        return strawberry_django.mutation(
            resolver,
            description=description,
            handle_django_errors=True,
            extensions=[extension] if has_input else [],
        )

    return field


class KeyedInput(InputMutationExtension):
    """Adds `clientMutationKey` to the input and answers a repeated request with the first answer."""

    about_key = KEY

    def apply(self, field: StrawberryField) -> None:
        super().apply(field)
        self.name = field.base_resolver.name  # type: ignore[union-attr]
        argument_type: Any = field.arguments[0].type_annotation
        given = argument_type.annotation
        keyed = type(given.__name__, (given,), {"__annotations__": {"client_mutation_key": str | None}})
        keyed.client_mutation_key = strawberry.field(default=None, description=self.about_key)  # type: ignore[attr-defined]
        argument_type.annotation = strawberry.input(keyed, name=given.__name__)

    def resolve(self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any) -> Any:
        given = kwargs["input"]
        key = getattr(given, "client_mutation_key", None)
        values = {name: value for name, value in vars(given).items() if name != "client_mutation_key"}
        if not key:
            return next_(source, info, **values)
        try:
            return self._once(key, values, lambda: next_(source, info, **values), info)
        except Refusal as refused:
            return refused.answer
        except ValidationError as error:
            return strawberry_django.mutations.fields._handle_exception(error)

    def map_arguments(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        return kwargs

    def _once(self, key: str, values: dict[str, Any], run: Callable[[], Any], info: Info) -> Any:
        owner = viewer_key(info)
        request = Request(str(owner or ""), key[:KEY_LIMIT], self.name, _plain(values))
        fresh: list[Any] = []

        def do() -> dict[str, Any]:
            with collecting() as entries:
                answer = run()
            if isinstance(answer, OperationInfo) or not _is_done(answer):
                raise Refusal(answer)  # nothing was written; the key may be used again
            fresh.append(answer)
            # Not to visitors: the numbers would tell which address is registered already.
            places = {str(entry.stream_id): entry.seq for entry in entries} if owner else {}
            return {"answer": _remembered(answer), "seq": places}

        receipt, repeated = once(request, do)
        info.context.receipts[key] = {"repeated": repeated, "seq": receipt["seq"]}
        return fresh[0] if fresh else _recalled(receipt["answer"], info)


class RepeatedInput(KeyedInput):
    """Takes a key too, and runs again."""

    about_key = AGAIN

    def _once(self, key: str, values: dict[str, Any], run: Callable[[], Any], info: Info) -> Any:
        return run()


class Refusal(Exception):
    """Carries a refusal out of the transaction, so that the receipt goes with it."""

    def __init__(self, answer: Any) -> None:
        super().__init__("refused")
        self.answer = answer


def _is_done(answer: Any) -> bool:
    return getattr(type(answer), "is_done", True)


def _remembered(answer: Any) -> dict[str, Any]:
    if isinstance(answer, Model):
        return {"model": answer._meta.label, "key": str(answer.pk)}
    if hasattr(answer, "remembered"):
        return {"plain": answer.remembered()}
    return {}


def _recalled(remembered: dict[str, Any], info: Info) -> Any:
    if "model" in remembered:
        model: Any = apps.get_model(remembered["model"])
        found = model._default_manager.for_viewer(viewer_of(info)).filter(pk=remembered["key"]).first()
        return found or _refused("not_found")
    if "plain" in remembered:
        return _PLAIN[remembered["plain"]["type"]](**remembered["plain"]["values"])
    return _refused("already_done")


def _refused(code: str) -> Any:
    return strawberry_django.mutations.fields._handle_exception(refusal(code))


_PLAIN: dict[str, Any] = {}


def plain(cls: Any) -> Any:
    """An answer made of numbers and texts only: kept as it is and given again."""
    _PLAIN[cls.__name__] = cls
    cls.remembered = lambda self: {"type": cls.__name__, "values": vars(self)}
    return cls


def _plain(value: Any) -> Any:
    """An input as JSON, to be compared with a later one; an upload counts by name and size."""
    return json.loads(json.dumps(value, default=_as_text, sort_keys=True))


def _as_text(value: Any) -> Any:
    if hasattr(value, "size") and hasattr(value, "name"):
        return [value.name, value.size]
    return vars(value) if hasattr(value, "__dict__") else str(value)
