"""What is looked up for the officer."""

import pytest

from backend.accounts.models import Person
from backend.monitoring.checks import EmailFit, email_fit, similar_schools
from backend.schools.models import School, SchoolState
from tests.factories.people import SchoolFactory


@pytest.mark.parametrize(
    ("email", "web_site", "fit"),
    [
        ("ana@lycee-hugo.fr", "https://www.lycee-hugo.fr/accueil", EmailFit.FITS),
        ("ana@ac-lyon.fr", "https://hugo.ac-lyon.fr", EmailFit.FITS),
        ("ana@staff.hugo.fr", "http://hugo.fr", EmailFit.FITS),
        ("ana@hugo.fr", "https://victorhugo.fr", EmailFit.DIFFERS),
        ("ana@other.org", "https://hugo.fr", EmailFit.DIFFERS),
        ("ana@gmail.com", "https://hugo.fr", EmailFit.PRIVATE),
        ("ana@yahoo.fr", "", EmailFit.PRIVATE),
        ("ana@hugo.fr", "", EmailFit.UNKNOWN),
    ],
)
def test_address_and_web_site(email: str, web_site: str, fit: EmailFit) -> None:
    assert email_fit(Person(email=email), School(web_site=web_site)) == fit


def test_without_a_school() -> None:
    assert email_fit(Person(email="ana@hugo.fr"), None) == EmailFit.UNKNOWN


@pytest.mark.django_db
def test_only_a_proposed_school_is_compared() -> None:
    known = SchoolFactory(name="Lycée Victor Hugo", town="Lyon")
    proposed = SchoolFactory(name="Lycee Victor-Hugo", town="Lyon", state=SchoolState.PROPOSED)
    assert [one.school for one in similar_schools(proposed)] == [known]
    assert similar_schools(known) == []
