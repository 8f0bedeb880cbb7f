"""What agencies do besides deciding requests: one school registered twice, one closed, ambassadors, contact details."""

from backend.accounts.models import Person
from backend.agencies.actions import (
    close_school,
    edit_agency,
    edit_school,
    merge_schools,
    name_ambassador,
    validate_school,
    validate_teacher,
)
from backend.agencies.models import Agency
from backend.config.demo.ground.world import World
from backend.config.demo.office import play_office
from backend.schools.actions import leave_school, register_school

PRESENTATION = (
    "A school between two rivers. Every class works with a partner abroad once before it leaves us; our best place is "
    "the small radio studio under the roof."
)
TWICE = "This is the school you work at, written in capitals. I have merged the two records."
MOVED = "The evening classes moved into the main building in June."


def play_agencies(world: World) -> None:
    agathe, marek, noelia = (Person.objects.get(pk=world.story[key].pk) for key in ("agathe", "marek", "noelia"))
    for person, country in ((agathe, "fr"), (marek, "pl"), (noelia, "es")):
        host = f"{country}.agency.example"
        agency = Agency.objects.get(country=country.upper())
        edit_agency(agency, actor=_who(f"lead.{country}"), email=f"contact@{host}", web_site=f"https://{host}")
        if country != "es":
            name_ambassador(person, actor=_who(f"officer.{country}"), is_ambassador=True)
    assert agathe.school
    edit_school(agathe.school, actor=agathe, presentation=PRESENTATION)
    _merge(noelia)
    _close(noelia)
    play_office(world)


def _merge(teacher: Person) -> None:
    """Somebody did not find the own school and proposed it once more."""
    known = teacher.school
    assert known
    twin = register_school(actor=teacher, name=known.name.upper(), town=known.town, type=known.type)
    merge_schools(twin, actor=_who("officer.es"), into=known, reason=TWICE)


def _close(teacher: Person) -> None:
    """A further school is checked, left, and closed."""
    assert teacher.school
    desk, name = _who("officer.es"), f"Escuela nocturna de {teacher.school.town}"
    school = register_school(actor=teacher, name=name, town=teacher.school.town)
    school = validate_school(school, actor=desk)
    validate_teacher(teacher, actor=desk)
    leave_school(school, actor=teacher)
    close_school(school, actor=desk, reason=MOVED)


def _who(login: str) -> Person:
    return Person.objects.get(login=f"{login}@agency.example")
