"""Forms whose labels end without a colon, and what they say when somebody else was quicker."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from backend.core.guards import TextConflict


class PlainForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)


class VersionedForm(PlainForm):
    """A text that two may edit at once: the version it was read with goes along."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def read_from(cls, thing: Any) -> dict[str, Any]:
        """What the form begins with: the thing's own values, and their version."""
        names = [name for name in cls.base_fields if hasattr(thing, name)]
        return {**{name: getattr(thing, name) for name in names}, "expected_version": thing.version}

    def lay_side_by_side(self, conflict: TextConflict) -> None:
        """What was typed stays in the fields, with what is stored beside it; saved again, it goes on top."""
        self.data = {**self.data.dict(), "expected_version": conflict.version}  # type: ignore[attr-defined]
        self.add_error(None, conflict.messages[0])
        for name, stored in conflict.stored.items():
            if name in self.fields and stored != conflict.typed.get(name):
                self.add_error(name, _("Saved meanwhile: “%(text)s”") % {"text": stored})
