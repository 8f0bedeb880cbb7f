"""Calling a rule from a form: a refusal goes back into the form, which keeps what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from backend.accounts.models import Person
from backend.agencies.models import ReadyText
from backend.core.guards import Refused, TextConflict

DONE, REFUSED, INVALID = 200, 403, 422


def perform(form: Form, rule: Callable[..., Any], *args: Any, text_as: str = "", **kwargs: Any) -> int:
    """Call the rule, giving the form's text under the name the rule has for it; the status to answer with."""
    if not form.is_valid():
        return INVALID
    if text_as:
        kwargs[text_as] = text_of(form, kwargs.get("actor"))
    try:
        rule(*args, **kwargs)
    except Refused as refused:
        form.add_error(None, str(refused))
        return REFUSED
    except ValidationError as error:
        lay_side_by_side = getattr(form, "lay_side_by_side", None)
        if lay_side_by_side and isinstance(error, TextConflict):
            lay_side_by_side(error)
        else:
            put_back(form, error, text_as)
        return INVALID
    return DONE


def settled(request: HttpRequest, status: int, done: str, to: str, again: Callable[[], HttpResponse]) -> HttpResponse:
    """What was done is said on the page it leads to; what was refused stays where it was typed."""
    if status != DONE:
        return again()
    messages.success(request, done)
    return redirect(to)


def text_of(form: Form, actor: Person | None) -> str:
    """What was written, or else the ready text that was chosen."""
    text: str = form.cleaned_data["text"]
    key = form.cleaned_data.get("ready")
    if text.strip() or not key:
        return text
    ready = ReadyText.objects.visible_to(actor).filter(pk=key).first()
    return ready.text if ready else text


def put_back(form: Form, error: ValidationError, text_as: str = "") -> None:
    """Each sentence to its field; a field that the form does not have is what the rule calls the form's text."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for field, errors in by_field.items():
        name = field if field in form.fields else "text" if field and text_as else None
        for one in errors:
            form.add_error(name, one)
