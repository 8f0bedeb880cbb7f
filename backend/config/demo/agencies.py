"""What agencies do besides deciding requests: one school registered twice, another that waits, one closed, ambassadors, contact details."""

from backend.accounts.models import Person
from backend.agencies.actions import (
    close_school,
    edit_agency,
    edit_school,
    merge_schools,
    name_ambassador,
    set_policy,
    validate_school,
    validate_teacher,
)
from backend.agencies.models import Agency
from backend.config.demo.ground.officers import at_agency
from backend.config.demo.ground.world import World
from backend.config.demo.handing import play_hand_over
from backend.config.demo.office import play_office
from backend.schools.actions import leave_school, register_school
from backend.schools.models import Country

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
        edit_agency(agency, actor=at_agency(f"lead.{country}"), email=f"contact@{host}", web_site=f"https://{host}")
        if country != "es":
            name_ambassador(person, actor=at_agency(f"officer.{country}"), is_ambassador=True)
    assert agathe.school
    edit_school(agathe.school, actor=agathe, presentation=PRESENTATION)
    _merge(noelia)
    _close(noelia)
    _propose_twin(marek)
    play_hand_over(world)
    play_office(world)
    set_policy(
        Country.objects.get(pk="SE"), actor=at_agency("lead.se"), project_approval="AUTOMATIC", video_megabytes=200
    )


def _merge(teacher: Person) -> None:
    """Somebody did not find the own school and proposed it once more."""
    known = teacher.school
    assert known
    twin = register_school(actor=teacher, name=known.name.upper(), town=known.town, type=known.type)
    merge_schools(twin, actor=at_agency("officer.es"), into=known, reason=TWICE)


def _propose_twin(teacher: Person) -> None:
    """And once more, elsewhere: this one still waits for somebody to notice."""
    known = teacher.school
    assert known
    register_school(actor=teacher, name=known.name.upper(), town=known.town, type=known.type)


def _close(teacher: Person) -> None:
    """A further school is checked, left, and closed."""
    assert teacher.school
    desk, name = at_agency("officer.es"), f"Escuela nocturna de {teacher.school.town}"
    school = register_school(actor=teacher, name=name, town=teacher.school.town)
    school = validate_school(school, actor=desk)
    validate_teacher(teacher, actor=desk)
    leave_school(school, actor=teacher)
    close_school(school, actor=desk, reason=MOVED)
