"""Exports: the same lists as files, streamed, and never a formula."""

import csv
import io
from zipfile import ZipFile

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client

from backend.agencies.actions import reject_teacher, validate_teacher
from backend.core import clock
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from dashboard.streaming import BATCH, Table, as_csv, as_xlsx, defused
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_what_a_spreadsheet_would_calculate_is_text(text: str) -> None:
    assert defused(text) == f"'{text}"


def test_other_values_stay_as_they_are() -> None:
    assert [defused(value) for value in ("Łódź", "", 5, -5, None)] == ["Łódź", "", 5, -5, None]


@pytest.mark.asyncio
async def test_a_file_comes_in_pieces() -> None:
    table = Table(["a", "b"], [[number, "=x"] for number in range(2 * BATCH + 1)])
    pieces = [piece async for piece in as_csv(table)]
    assert len(pieces) == 4
    rows = lines(b"".join(pieces))
    assert (len(rows), rows[0], rows[-1]) == (2 * BATCH + 2, ["a", "b"], [str(2 * BATCH), "'=x"])


@pytest.mark.asyncio
async def test_a_spreadsheet_holds_texts_and_numbers_and_no_formula() -> None:
    book = b"".join([piece async for piece in as_xlsx(Table(["Name", "Number"], [["=1+1", 7]]))])
    sheet = ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<t>=1+1</t>" in sheet
    assert "<v>7</v>" in sheet


def make() -> None:
    teacher("FR", given_name="=HYPERLINK(1)", family_name="", school=SchoolFactory(name="École", town="Lyon"))
    teacher("PL")
    newcomer("IT")
    project("OPEN", founders=(teacher("FR"), teacher("PL")), title="-2+3")
    rebuild_statistics()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.asyncio
async def test_lists_of_a_country(async_client: AsyncClient) -> None:
    await sync_to_async(make)()
    desk = await sync_to_async(officer)("FR")
    await sync_to_async(async_client.force_login)(desk)
    answer = await async_client.get("/dashboard/exports/FR/staff.csv")
    assert answer.streaming
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="etwinning-staff-')
    rows = lines(b"".join([piece async for piece in answer.streaming_content]))
    assert rows[0] == ["Name", "School", "Town", "Country", "Date"]
    assert rows[1][:4] == ["'=HYPERLINK(1)", "École", "Lyon", "France"]
    assert len(rows) == 3
    answer = await async_client.get("/dashboard/exports/FR/opened.csv?code=PL")
    rows = lines(b"".join([piece async for piece in answer.streaming_content]))
    assert [row[0] for row in rows] == ["Title", "'-2+3"]
    answer = await async_client.get("/dashboard/exports/FR/partnerships.xlsx")
    sheet = ZipFile(io.BytesIO(b"".join([piece async for piece in answer.streaming_content])))
    assert "Poland" in sheet.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.asyncio
async def test_figures_of_a_period(async_client: AsyncClient) -> None:
    await sync_to_async(make)()
    await sync_to_async(async_client.force_login)(await sync_to_async(central)())
    answer = await async_client.get("/dashboard/exports/FR/figures.csv")
    rows = lines(b"".join([piece async for piece in answer.streaming_content]))
    assert ["Staff and schools", "Registered staff", "2"] in rows
    assert ["Partner countries", "Poland", "1"] in rows
    assert ["Registered staff, by month", f"{clock.now():%Y-%m}", "2"] in rows
    assert sum(row[0] == "Projects opened, by month" for row in rows) == 12
    assert [row[2] for row in rows if row[0] == "People waiting"] == ["0"] * 4
    answer = await async_client.get("/dashboard/exports/IT/figures.csv")
    rows = lines(b"".join([piece async for piece in answer.streaming_content]))
    assert [row[2] for row in rows if row[0] == "People waiting"] == ["1", "0", "0", "0"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.asyncio
async def test_the_audit_trail_as_the_page_narrows_it(async_client: AsyncClient) -> None:
    def fill() -> None:
        desk = officer("FR", given_name="Lou", family_name="Petit")
        validate_teacher(newcomer("FR", given_name="Ana", family_name="Silva"), actor=desk)
        reject_teacher(newcomer("FR"), actor=desk, reason="No")
        validate_teacher(newcomer("PL"), actor=officer("PL"))
        async_client.force_login(desk)

    await sync_to_async(fill)()
    answer = await async_client.get("/dashboard/audit-trail/audit-trail.csv?kind=person.validated")
    rows = lines(b"".join([piece async for piece in answer.streaming_content]))
    assert rows[0] == ["When", "Who", "What happened", "Kind"]
    assert [row[1:] for row in rows[1:]] == [["Lou Petit", "Lou Petit validated Ana Silva.", "person.validated"]]
    answer = await async_client.get("/dashboard/audit-trail/audit-trail.xlsx")
    sheet = ZipFile(io.BytesIO(b"".join([piece async for piece in answer.streaming_content])))
    assert "Lou Petit validated Ana Silva." in sheet.read("xl/worksheets/sheet1.xml").decode()
    assert (await async_client.get("/dashboard/audit-trail/audit-trail.pdf")).status_code == 404


@pytest.mark.django_db
def test_lists_of_others_and_unknown_ones_do_not_exist(client: Client) -> None:
    client.force_login(officer("FR"))
    for path in ("PL/staff.csv", "all/staff.csv", "FR/nothing.csv", "FR/staff.pdf"):
        assert client.get(f"/dashboard/exports/{path}").status_code == 404
