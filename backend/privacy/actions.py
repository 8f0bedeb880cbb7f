"""Taking home what is known about oneself, and being erased."""

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from backend.accounts.letters import mail_account_erased
from backend.accounts.models import Person, PersonKind
from backend.accounts.second_factor import check_code, device_of
from backend.accounts.sign_in import LoginBackend
from backend.agencies.actions.deciding import a_reason
from backend.core import clock
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change
from backend.eventlog.record import record
from backend.privacy.erasing import erase
from backend.privacy.events import AccountErased, DataExported
from backend.privacy.permissions import can_erase, can_export
from backend.projects.actions.partners import leave_project
from backend.projects.models import ProjectMember, ProjectMemberState, ProjectRole, ProjectState
from backend.workspaces.models import WorkspaceMembership
from backend.workspaces.retirement import end_duties

LINK_SALT = "privacy.export"
LINK_LIFE = 600  # seconds
RUNNING = (ProjectState.DRAFT, ProjectState.PENDING_PARTNER, ProjectState.PENDING_APPROVAL, ProjectState.OPEN)


@transaction.atomic
def export_my_data(person: Person, *, actor: Person) -> str:
    """The key of a link that gives a ZIP for ten minutes, with everything that is known about the person."""
    allow(can_export(actor, person))
    record(DataExported(person), actor=actor)
    return signing.dumps([str(person.pk), str(actor.pk)], salt=LINK_SALT, compress=True)


def person_of_export(key: str) -> tuple[Person, Person]:
    """Whose data the link gives, and who takes it home; refuses a forged or old one."""
    try:
        keys = signing.loads(key, salt=LINK_SALT, max_age=LINK_LIFE)
    except signing.BadSignature:
        raise refusal("link_invalid") from None
    found = Person.objects.in_bulk(keys)
    people = [found.get(Person._meta.pk.to_python(each)) for each in keys]
    if not all(people) or not can_export(people[1], people[0]):  # type: ignore[arg-type]
        raise refusal("link_invalid")
    return people[0], people[1]  # type: ignore[return-value]


def erase_account(
    person: Person, *, password: str, confirms: bool, code: str = "", leaves_projects: bool = False
) -> None:
    """One's own account, with the password, and a code where a second factor is set up."""
    allow(person.kind == PersonKind.STAFF)
    ensure(confirms, "erasure_unconfirmed", field="confirms")
    known = LoginBackend().authenticate(None, login=person.login, password=password)  # outside: counts failures
    ensure(known is not None, "password_wrong", field="password")
    if device_of(person):
        check_code(person, code)
    ensure(leaves_projects or not founded(person).exists(), "projects_need_founder", field="leaves_projects")
    _erase(person, actor=person, reason="")


def erase_person(person: Person, *, actor: Person, reason: str) -> None:
    """Somebody asked their agency to be erased, or a pupil or the parents the teachers."""
    allow(can_erase(actor, person))
    _erase(person, actor=actor, reason=a_reason(reason))


def founded(person: Person) -> "QuerySet[ProjectMember]":
    """The places of a founder in projects that are not over: to be handed over first, or left to the other one."""
    mine = ProjectMember.objects.filter(person=person, role=ProjectRole.FOUNDER, state=ProjectMemberState.JOINED)
    return mine.filter(project__state__in=RUNNING)


@transaction.atomic
def _erase(person: Person, *, actor: Person, reason: str) -> None:
    """What others wrote stays, beside a removed member."""
    person = Person.objects.lock(person)
    for place in ProjectMember.objects.filter(person=person, role=ProjectRole.PARTNER).select_related("project"):
        if place.state == ProjectMemberState.JOINED:
            leave_project(place.project, actor=person)
    end_duties(person)
    WorkspaceMembership.objects.present().filter(person=person).update(left_at=clock.now())
    if person.email:
        mail_account_erased(person)
    erase(person)
    change(person, state_reason=reason)
    record(AccountErased(person), actor=actor)
