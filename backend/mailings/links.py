"""The link of a letter that ends an agency's messages; it is good for ever and opens nothing."""

from django.core import signing

from backend.accounts.models import Person
from backend.core.guards import refusal

SALT = "mailings.stop"


def stop_token(person: Person) -> str:
    return signing.dumps(str(person.pk), salt=SALT, compress=True)


def person_of_stop(token: str) -> Person:
    """Who got the letter; refuses a forged link."""
    try:
        return Person.objects.get(pk=signing.loads(token, salt=SALT))
    except (signing.BadSignature, Person.DoesNotExist):
        raise refusal("link_invalid", field="token") from None
