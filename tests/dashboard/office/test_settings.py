"""Settings of an agency, its officers and its ready texts, from the dashboard."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import validate_teacher
from backend.agencies.actions.texts import write_text
from backend.agencies.models import Agency, Officer, ReadyText
from backend.labels.models.grids import policy_of
from backend.schools.models import Country
from tests.factories.people import SchoolFactory, central, newcomer, officer
from tests.support.api import client_of

pytestmark = pytest.mark.django_db

UPLOADS = {"file_megabytes": "30", "video_megabytes": "120", "workspace_megabytes": "2048"}
POLICY = {"target_working_days": "9", "project_approval": "MANUAL", **UPLOADS}


def lead() -> Client:
    return client_of(officer("FR", role="LEAD"))


def test_a_lead_changes_contact_and_policies() -> None:
    boss = lead()
    given = {"name": "Agence", "email": "a@agence.example", "web_site": "https://agence.example"}
    assert "Saved." in boss.post(reverse("dashboard:edit_agency"), given, follow=True).text
    boss.post(reverse("dashboard:set_policy"), {**POLICY, "project_approval": "AUTOMATIC"})
    boss.post(reverse("dashboard:set_label_policy"), {"assessors": "2", "target_working_days": "15"})
    agency, country = Agency.objects.get(country="FR"), Country.objects.get(pk="FR")
    assert (agency.name, agency.email, agency.web_site) == tuple(given.values())
    assert (country.target_working_days, country.approval, policy_of("FR").assessors) == (9, "AUTOMATIC", 2)
    assert policy_of("FR").target_working_days == 15
    assert (country.file_megabytes, country.video_megabytes, country.workspace_megabytes) == (30, 120, 2048)


def test_what_was_typed_stays_when_it_is_refused() -> None:
    answer = lead().post(reverse("dashboard:edit_agency"), {"name": "Agence", "email": "no address", "web_site": ""})
    assert answer.status_code == 422
    assert 'value="no address"' in answer.text
    assert "This does not look like an e-mail address." in answer.text
    answer = lead().post(reverse("dashboard:set_policy"), {**POLICY, "target_working_days": "99"})
    assert (answer.status_code, "Between 1 and 30 working days." in answer.text) == (422, True)


def test_two_leads_and_one_text_see_both() -> None:
    first, second = lead(), lead()
    agency = Agency.objects.get(country="FR")
    given = {"use": "MESSAGE", "language": "fr", "title": "Mai"}
    ready = write_text(agency, actor=officer("FR"), text="Old", **given)
    address = reverse("dashboard:text", args=[ready.pk])
    assert 'name="expected_version" value="1"' in first.get(address).text
    assert first.post(address, {**given, "text": "Mine.", "expected_version": "1"}).status_code == 302
    answer = second.post(address, {**given, "text": "Yours.", "expected_version": "1"})
    assert answer.status_code == 422
    for shown in ("Somebody else changed this text meanwhile", "Saved meanwhile: “Mine.”", "Yours."):
        assert shown in answer.text
    assert 'name="expected_version" value="2"' in answer.text
    assert second.post(address, {**given, "text": "Both.", "expected_version": "2"}).status_code == 302
    ready.refresh_from_db()
    assert (ready.text, ready.version) == ("Both.", 3)


def test_others_read_the_settings() -> None:
    for who in (officer("FR"), officer("FR", role="VIEWER"), officer("FR", role="DELEGATE")):
        text = client_of(who).get(reverse("dashboard:settings")).text
        assert ("Working days to answer" in text, "Save the policies" in text) == (True, False)


def test_the_central_service_opens_an_agency_and_gives_its_reason() -> None:
    who = client_of(central())
    page = reverse("dashboard:settings")
    assert "Save the policies" not in who.get(page).text
    assert "Save the policies" in who.get(page, {"country": "FR"}).text
    given = {**POLICY, "country": "FR"}
    refused = who.post(reverse("dashboard:set_policy"), given)
    assert (refused.status_code, "Please give a reason" in refused.text) == (422, True)
    answer = who.post(reverse("dashboard:set_policy"), {**given, "reason": "Nobody is there."})
    assert answer.headers["Location"] == f"{page}?country=FR"
    assert "Nobody is there." in client_of(officer("FR")).get(page).text
    assert client_of(officer("DE")).get(page, {"country": "FR"}).status_code == 404
    assert who.get(page, {"country": "XX"}).status_code == 404


def test_a_lead_appoints_a_delegate_changes_and_dismisses() -> None:
    SchoolFactory(region="Nord")
    boss = lead()
    given = {
        "email": "nord@agency.example", "given_name": "Lou", "family_name": "Petit", "language": "fr",
        "role": "DELEGATE",
    }  # fmt: skip
    refused = boss.post(reverse("dashboard:appoint_officer"), given)
    assert (refused.status_code, "Please choose at least one region" in refused.text) == (422, True)
    assert 'value="nord@agency.example"' in refused.text
    boss.post(reverse("dashboard:appoint_officer"), {**given, "regions": ["Nord"]})
    appointed = Officer.objects.get(person__email="nord@agency.example")
    assert (appointed.role, appointed.regions, appointed.person.language) == ("DELEGATE", ["Nord"], "fr")
    page = boss.get(reverse("dashboard:officers")).text
    assert ("Letter not answered yet" in page, "Regional delegate" in page) == (True, True)
    boss.post(reverse("dashboard:change_officer", args=[appointed.pk]), {"role": "VIEWER"})
    appointed.refresh_from_db()
    assert (appointed.role, appointed.regions) == ("VIEWER", [])
    refused = boss.post(reverse("dashboard:dismiss_officer", args=[appointed.pk]), {"reason": " "})
    assert refused.status_code == 422
    boss.post(reverse("dashboard:dismiss_officer", args=[appointed.pk]), {"reason": "Another job."})
    assert Person.objects.get(pk=appointed.person_id).state == PersonState.REVOKED


def test_an_officer_sees_only_oneself_and_no_form() -> None:
    officer("FR", given_name="Another")
    text = client_of(officer("FR", given_name="Myself")).get(reverse("dashboard:officers")).text
    assert ("Myself" in text, "Another" in text, "Appoint an officer" in text) == (True, False, False)


def test_a_text_is_written_changed_and_removed() -> None:
    desk = client_of(officer("FR"))
    given = {"use": "PERSON_REJECTED", "language": "en", "title": "Parent", "text": "For staff only."}
    desk.post(reverse("dashboard:write_text"), given)
    ready = ReadyText.objects.get()
    refused = desk.post(reverse("dashboard:text", args=[ready.pk]), {**given, "title": ""})
    assert (refused.status_code, "For staff only." in refused.text) == (422, True)
    desk.post(reverse("dashboard:text", args=[ready.pk]), {**given, "title": "Parents"})
    assert "Parents" in desk.get(reverse("dashboard:texts")).text
    viewer = client_of(officer("FR", role="VIEWER"))
    assert viewer.post(reverse("dashboard:text", args=[ready.pk]), given).status_code == 403
    desk.post(reverse("dashboard:remove_text", args=[ready.pk]))
    assert not ReadyText.objects.exists()


def test_a_delegate_s_dashboard_ends_at_the_region() -> None:
    for region in ("Nord", "Sud"):
        SchoolFactory(region=region)
    person = officer("FR", role="DELEGATE")
    Officer.objects.filter(person=person).update(regions=["Nord"])
    mine, other = (newcomer("FR", school=SchoolFactory(region=region), given_name=region) for region in ("Nord", "Sud"))
    for one in (mine, other):
        validate_teacher(newcomer("FR", school=one.school), actor=officer("FR"))
    delegate = client_of(Person.objects.get(pk=person.pk))
    queue = delegate.get(reverse("dashboard:people")).text
    assert (str(mine) in queue, str(other) in queue) == (True, False)
    assert delegate.get(reverse("dashboard:person", args=[mine.pk])).status_code == 200
    assert delegate.get(reverse("dashboard:person", args=[other.pk])).status_code == 404
    assert delegate.post(reverse("dashboard:validate_teacher", args=[other.pk])).status_code == 404
    delegate.post(reverse("dashboard:validate_teacher", args=[mine.pk]))
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == (PersonState.VALIDATED, PersonState.PENDING)


def test_a_decision_takes_a_ready_text_where_nothing_was_written() -> None:
    person, german = officer("FR"), officer("DE")
    given = {"use": "PERSON_REJECTED", "language": "en", "title": "Parent"}
    ready = write_text(person.officer.agency, actor=person, text="For staff only.", **given)
    theirs = write_text(german.officer.agency, actor=german, text="Of another agency.", **given)
    desk, one, other = client_of(person), newcomer("FR"), newcomer("FR")
    assert "EN: Parent" in desk.get(reverse("dashboard:people")).text
    refused = desk.post(reverse("dashboard:reject_teacher", args=[one.pk]), {"text": "", "ready": str(theirs.pk)})
    assert (refused.status_code, "Of another agency." in refused.text) == (422, False)
    desk.post(reverse("dashboard:reject_teacher", args=[one.pk]), {"text": " ", "ready": str(ready.pk)})
    desk.post(reverse("dashboard:reject_teacher", args=[other.pk]), {"text": "My words.", "ready": str(ready.pk)})
    reasons = [Person.objects.get(pk=each.pk).state_reason for each in (one, other)]
    assert reasons == ["For staff only.", "My words."]
