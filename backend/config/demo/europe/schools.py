"""About a thousand schools: the French ones from their register, the others invented in real towns."""

from datetime import datetime, timedelta

from backend.config.demo.ground.texts import DATA, Town, lands, school_names
from backend.config.demo.ground.world import World
from backend.core import clock
from backend.core.text import fold
from backend.schools.models import School, SchoolState, SchoolType, search_text_of
from backend.schools.register.importing import import_register

REGISTER = ("FR", DATA / "schools_fr.csv")
SCHOOLS = 840  # besides those of the register
AGES = {
    SchoolType.EARLY_CHILDHOOD: (3, 6), SchoolType.PRIMARY: (6, 11), SchoolType.LOWER_SECONDARY: (11, 15),
    SchoolType.UPPER_SECONDARY: (15, 19), SchoolType.VOCATIONAL: (15, 19),
}  # fmt: skip
OLDEST = 1_200  # days
TARGET = 5  # working days; every country of the demo keeps the default


def build_schools(world: World) -> None:
    country, path = REGISTER
    import_register(path, country=country)
    world.schools[country] = _settle_registered(world, country)
    weights = {code: land.weight for code, land in lands().items() if code != country}
    for code, weight in weights.items():
        number = world.count(SCHOOLS * weight // sum(weights.values()), least=3)
        taken: set[str] = set()
        world.schools[code] = [_school(world, code, taken, place) for place in range(number)]


def _settle_registered(world: World, country: str) -> list[School]:
    """The register has no coordinates; the towns' are near enough for a map."""
    towns = {fold(town.name): town for town in lands()[country].towns}
    schools = list(School.objects.filter(country=country).order_by("official_number"))
    for school in schools:
        _place(world, school, towns[fold(school.town)])
        school.ages_from, school.ages_to = AGES[SchoolType(school.type)]
        school.pupil_count = world.chance.randrange(180, 1400, 10)
        school.state_since = school.created_at = world.now - timedelta(days=OLDEST + 200)
    fields = ["latitude", "longitude", "ages_from", "ages_to", "pupil_count", "state_since", "created_at"]
    School.objects.bulk_update(schools, fields, batch_size=100)
    return schools


def _school(world: World, country: str, taken: set[str], place: int) -> School:
    """Validated long ago; who proposed it is said when its first teacher comes."""
    land = lands()[country]
    town = land.towns[place % len(land.towns)]
    name, type = _free_name(world, country, town, taken)
    since = world.ago(OLDEST, OLDEST + 100)
    school = School(
        **world.dated(since), country_id=country, name=name, town=town.name, type=type,
        official_number=f"{place + 1:05}" if world.happens(0.7) else "", state=SchoolState.VALIDATED,
        state_since=since, pupil_count=world.chance.randrange(60, 1200, 5), search_text=search_text_of(name, town.name),
        web_site=f"https://{fold(name).replace(' ', '-')[:40].strip('-')}.example" if fold(name).isascii() else "",
    )  # fmt: skip
    school.ages_from, school.ages_to = AGES[SchoolType(type)]
    _place(world, school, town)
    world.add(school)
    return school


def build_proposal(world: World, near: School, at: datetime) -> School:
    """A school that waits for its agency; every third is one we know already, spelled differently."""
    land = lands()[near.country_id]
    if world.happens(0.35):
        name = near.name if near.town in near.name else f"{near.name} {near.town}"
        name, type, town_name = name.upper(), near.type, near.town
    else:
        town = world.pick(land.towns)
        name, type = _free_name(world, near.country_id, town, set())
        name, town_name = f"{name} {world.chance.randint(30, 99)}", town.name
    school = School(
        **world.dated(at), country_id=near.country_id, name=name, town=town_name, type=type, state_since=at,
        due_at=clock.after_working_days(at, TARGET),
        search_text=search_text_of(name, town_name),
    )  # fmt: skip
    world.add(school)
    return school


def _free_name(world: World, country: str, town: Town, taken: set[str]) -> tuple[str, str]:
    group = world.pick(lands()[country].names)
    while True:
        template, type = world.pick(school_names(country, group))
        name = template.format(town=town.name, n=world.chance.randint(1, 24))
        if name not in taken:
            taken.add(name)
            return name, type
        if len(taken) > 60:
            return f"{name} {len(taken)}", type


def _place(world: World, school: School, town: Town) -> None:
    """Somewhere in the town, not all on its market square."""
    school.latitude = round(town.latitude + world.chance.uniform(-0.02, 0.02), 4)
    school.longitude = round(town.longitude + world.chance.uniform(-0.02, 0.02), 4)
