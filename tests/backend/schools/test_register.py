"""A national register is taken in whole, its bad rows are reported, and what people wrote stays."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from backend.eventlog.models import Event, EventCountry
from backend.schools.models import RegisterImport, School, SchoolState, SchoolType
from backend.schools.register.importing import Report, import_register
from backend.schools.register.reading import COLUMNS
from tests.factories.people import SchoolFactory

pytestmark = pytest.mark.django_db

DEMO_COPY = Path("backend/config/demo/data/schools_fr.csv")
HEADING = "official_number,name,town,postal_code,department,region,country"
AIN = "0010001W,LYCÉE PROFESSIONNEL ALEXANDRE BÉRARD,Ambérieu-en-Bugey,1505,Cantal,Nouvelle-Aquitaine,FR"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*rows: str, heading: str = HEADING) -> Path:
        path = tmp_path / "register.csv"
        path.write_text("\n".join([heading, *rows]), encoding="utf-8")
        return path

    return write


def refusals(report: Report) -> list[tuple[int, str, str]]:
    return [(refusal.row, refusal.code, refusal.sentence) for refusal in report.refused]


def test_a_row_becomes_a_validated_school_with_its_damage_repaired(write: Write) -> None:
    report = import_register(write(AIN), country="FR")
    assert report.counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}
    school = School.objects.get()
    assert (school.country_id, school.official_number, school.state) == (
        "FR",
        "0010001W",
        SchoolState.VALIDATED,
    )
    assert school.name == "LYCÉE PROFESSIONNEL ALEXANDRE BÉRARD"
    assert school.public_name == "Lycée professionnel Alexandre Bérard"
    assert (school.postal_code, school.town) == ("01505", "Ambérieu-en-Bugey")
    assert school.region == "Auvergne-Rhône-Alpes"  # by its number: it is in Ain, whatever the row says
    assert school.type == "VOCATIONAL"
    assert school.search_text == "lycee professionnel alexandre berard amberieu en bugey"


def test_rows_that_cannot_be_taken_say_why(write: Write) -> None:
    path = write(
        "0000000A,CANDIDAT LIBRE,Candidat Libre,00000,Candidat libre,Candidat libre,FR",
        "9740049K,RECTORAT DE L'ACADÉMIE DE LA RÉUNION,Saint-Denis cedex 9,97743,x,x,FR",
        "0951090u1,LP PIERRE MENDÈS-FRANCE,VILLIERS-LE-BEL,95400,Val-d'oise,Ile-de-France,FR",
        "0010002W,LYCÉE WITH A WRONG CHECK LETTER,Bourg,01000,Ain,x,FR",
        "025O01,LYCÉE FRANÇAIS,Berlin,0,à l’étranger,à l’étranger,DE",
        "1380016T,LYCÉE NICOLAS BARRÉ,MONACO,98000,x,x,FR",
        "0010006B,,Belley,01300,Ain,x,FR",
        "0010006B,LYCÉE DU BUGEY,Belley,01300",
        "0010006B,LYCÉE DU BUGEY " + "X" * 200 + ",Belley,01300,Ain,x,FR",
    )
    report = import_register(path, country="FR")
    assert refusals(report) == [
        (2, "register_no_school", "This row is no school."),
        (3, "register_no_school", "This row is no school."),
        (4, "register_number_invalid", "This is no official number of this country's register."),
        (5, "register_number_invalid", "This is no official number of this country's register."),
        (6, "register_school_abroad", "This school is abroad (DE)."),
        (7, "register_school_abroad", "This school is abroad (MC)."),
        (8, "register_cell_empty", "The cell “name” is empty."),
        (9, "register_row_broken", "This row has more or fewer cells than the first line."),
        (10, "register_cell_too_long", "The cell “name” is too long: at most 200 characters."),
    ]
    assert not School.objects.exists()


def test_schools_abroad_are_taken_when_asked_for_and_numbered(write: Write) -> None:
    path = write(
        "2540001W,ÉCOLE FRANCO-CHYPRIOTE DE NICOSIE,Nicosie (Aglantzia),1517,x,x,CY",
        "1380016T,LYCÉE NICOLAS BARRÉ,MONACO,98000,x,x,FR",
        "025O01,LYCÉE FRANÇAIS,Berlin,0,x,x,DE",
    )
    report = import_register(path, country="FR", schools_abroad=True)
    assert refusals(report) == [
        (4, "register_number_invalid", "This is no official number of this country's register.")
    ]
    found = School.objects.order_by("town").values_list("town", "postal_code", "country", "is_abroad", "region")
    assert list(found) == [
        ("Monaco", "98000", "FR", True, "Monaco"),
        ("Nicosie (Aglantzia)", "1517", "FR", True, "Chypre"),
    ]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_same_number_twice_keeps_the_row_in_the_registers_own_form(write: Write, order: tuple[int, int]) -> None:
    rows = [AIN, "0010001w,LP LYCÉE DES MÉTIERS BÉRARD,AMBÉRIEU EN BUGEY CEDEX,1505,Cantal,x,FR"]
    report = import_register(write(*(rows[i] for i in order)), country="FR")
    assert [s.name for s in School.objects.all()] == ["LYCÉE PROFESSIONNEL ALEXANDRE BÉRARD"]
    (refusal,) = report.refused
    kept, lost = (2, 3) if order == (0, 1) else (3, 2)
    assert (refusal.row, refusal.code) == (lost, "register_number_twice")
    assert refusal.sentence == f"Row {kept} has the same official number."


def test_a_second_import_changes_nothing(write: Write) -> None:
    path = write(AIN)
    import_register(path, country="FR")
    before = School.objects.values().get()
    assert import_register(path, country="FR").counts == {
        "new": 0,
        "changed": 0,
        "unchanged": 1,
        "refused": 0,
    }
    assert School.objects.values().get() == before


def test_the_register_updates_its_own_columns_only(write: Write) -> None:
    import_register(write(AIN), country="FR")
    School.objects.update(web_site="https://lycee.example", pupil_count=400, type="OTHER", public_name="Bérard!")
    report = import_register(
        write("0010001W,LYCÉE SIMONE VEIL,AMBÉRIEU-EN-BUGEY CEDEX 01,01500,Ain,x,FR"), country="FR"
    )
    assert [(listing.official_number, fields) for listing, fields in report.changed] == [
        ("0010001W", ["name", "postal_code"])
    ]
    school = School.objects.get()
    assert (school.name, school.postal_code, school.town) == (
        "LYCÉE SIMONE VEIL",
        "01500",
        "Ambérieu-en-Bugey",
    )
    assert (school.web_site, school.pupil_count, school.version) == ("https://lycee.example", 400, 2)
    assert (school.type, school.public_name) == ("OTHER", "Bérard!")  # somebody chose these
    assert school.search_text == "lycee simone veil berard amberieu en bugey"


def test_a_renamed_school_gets_its_readable_name_and_type_anew(write: Write) -> None:
    import_register(write(AIN), country="FR")
    import_register(write(AIN.replace("LYCÉE PROFESSIONNEL ALEXANDRE", "LYCÉE POLYVALENT JEAN D'")), country="FR")
    school = School.objects.get()
    assert (school.public_name, school.type) == ("Lycée polyvalent Jean d' Bérard", "UPPER_SECONDARY")


def test_a_merged_school_does_not_come_back_and_a_proposed_one_stays_for_the_officer(write: Write) -> None:
    other = SchoolFactory(name="Survivor")
    SchoolFactory(official_number="0010001W", state=SchoolState.MERGED, merged_into=other)
    report = import_register(write(AIN), country="FR")
    assert refusals(report) == [(2, "register_school_merged", "The school of this number was merged into another one.")]
    School.objects.filter(official_number="0010001W").update(state=SchoolState.PROPOSED, merged_into=None)
    assert import_register(write(AIN), country="FR").counts["changed"] == 1
    assert School.objects.get(official_number="0010001W").state == SchoolState.PROPOSED


def test_one_fact_is_recorded_and_none_by_a_dry_run(write: Write) -> None:
    import_register(write(AIN), country="FR", dry_run=True)
    assert not School.objects.exists()
    assert not Event.objects.exists()
    assert not RegisterImport.objects.exists()
    import_register(write(AIN, AIN), country="FR")
    run = RegisterImport.objects.get()
    assert (run.file_name, run.new, run.changed, run.unchanged, run.refused) == ("register.csv", 1, 0, 0, 1)
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.actor_id) == ("register.imported", run.pk, None)
    assert EventCountry.objects.get().country_id == "FR"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00", "register_not_text"),
        ("numéro".encode("latin-1"), "register_not_text"),
        (HEADING.replace("town,", "").encode() + b"\nx", "register_column_missing"),
        (HEADING.encode() + b"\n", "register_empty"),
        (b"", "register_column_missing"),
        (HEADING.encode() + b'\n"never closed', "register_not_csv"),
    ],
)
def test_a_bad_file_is_refused_as_a_whole(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    with pytest.raises(ValidationError) as refused:
        import_register(path, country="FR")
    assert refused.value.code == code
    assert not School.objects.exists()
    assert not Event.objects.exists()


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(f"{HEADING}\n{AIN}".replace(",", ";"), encoding="utf-8-sig")
    assert import_register(path, country="FR").counts["new"] == 1


def test_a_country_nobody_described_imports_by_general_rules(write: Write) -> None:
    path = write(
        "a-1,SZKOŁA PODSTAWOWA,KRAKÓW,123,x,Małopolskie,pl",
        "a-2,Liceum nr 2,Bielsk Podlaski,1,x,Podlaskie,PL",
    )
    assert import_register(path, country="PL").counts["new"] == 2
    first, second = School.objects.order_by("official_number")
    assert (first.official_number, first.public_name, first.town) == ("A-1", "Szkoła Podstawowa", "Kraków")
    assert (first.postal_code, first.region, first.type) == ("123", "Małopolskie", "OTHER")
    assert (second.public_name, second.town) == ("Liceum nr 2", "Bielsk Podlaski")


def test_the_demo_copy_is_clean(tmp_path: Path) -> None:
    with DEMO_COPY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == set(COLUMNS)
    first = import_register(DEMO_COPY, country="FR")
    assert first.counts == {"new": len(rows), "changed": 0, "unchanged": 0, "refused": 0}
    assert import_register(DEMO_COPY, country="FR").counts["unchanged"] == len(rows) == 162
    stored = {s.official_number: (s.town, s.postal_code, s.region) for s in School.objects.all()}
    assert stored == {r["official_number"]: (r["town"], r["postal_code"], r["region"]) for r in rows}


def test_the_command_reports_every_row(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.csv"
    call_command("import_schools", str(write(AIN, AIN)), country="fr", report=report)
    with report.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines == [
        ["row", "official_number", "result", "code", "details"],
        ["2", "0010001W", "new", "", ""],
        ["3", "0010001W", "refused", "register_number_twice", "Row 2 has the same official number."],
    ]
    assert "register_number_twice" in capsys.readouterr().out


def test_the_command_refuses_a_bad_file_and_an_unknown_country(write: Write) -> None:
    with pytest.raises(CommandError, match="The column “town” is missing"):
        call_command("import_schools", str(write("x", heading="official_number,name")), country="FR")
    with pytest.raises(CommandError, match="We do not know this country"):
        call_command("import_schools", str(write(AIN)), country="XX")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_schools", "nowhere.csv", country="FR")
    assert not School.objects.exists()


def test_every_profile_names_known_types() -> None:
    for path in Path("backend/schools/register/profiles").glob("*.json"):
        profile = json.loads(path.read_text(encoding="utf-8"))
        assert {type for _, type in profile["types"]} <= set(SchoolType.values)
