"""What a rule says when it has written: a fact knows its readers and its wording."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise

FACTS: dict[str, type["Fact"]] = {}


@dataclass(frozen=True)
class Fact:
    """Something that happened to a subject. Subclasses give the kind and the wording, and who reads it."""

    kind: ClassVar[str]
    wording: ClassVar[str | Promise]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "kind" in cls.__dict__:
            assert cls.kind not in FACTS, f"two facts are called {cls.kind}"
            FACTS[cls.kind] = cls

    def subject(self) -> Model:
        raise NotImplementedError

    def streams(self) -> Iterable[UUID]:
        """The live streams it goes into."""
        return ()

    def countries(self) -> Iterable[str]:
        """The countries whose agencies may read it in the audit trail."""
        return ()

    def recipients(self) -> Iterable[UUID]:
        """The people who get it in their inbox; the actor never does."""
        return ()

    def data(self) -> dict[str, str]:
        """Further ids and codes; never text that a person wrote."""
        return {}
