"""Quality labels in every state, played by the real rules once everybody else is there."""

from typing import Any

from backend.accounts.models import Person
from backend.config.demo.ground.officers import at_agency
from backend.config.demo.ground.world import World
from backend.labels.actions.applying import apply_for_label
from backend.labels.actions.assessing import assess_label, open_label_evidence
from backend.labels.actions.deciding import award_label, refuse_label
from backend.labels.actions.drafting import save_label_draft
from backend.labels.actions.european import award_european_label, nominate_for_european_label
from backend.labels.actions.policies import set_label_policy
from backend.labels.models import LabelApplication, LabelGrid
from backend.projects.models import Project, ProjectState
from backend.schools.models import Country
from backend.workspaces.models import File, Inside, Update

PROJECTS = 24
REFUSED_EACH = 6  # one in so many: the second, the eighth …
TWO_ASSESSORS = "PL"
ANSWERS = {
    "COLLABORATION": "Mixed teams from both schools worked on the same texts; each team answered for one chapter.",
    "TECHNOLOGY": "Shared documents, a common map, and sound recordings; pupils chose the tools and said why.",
    "PEDAGOGY": "Pupils asked the questions. We teachers helped them to look for answers in two languages.",
    "CURRICULUM": "The work replaced six weeks of our usual lessons and is part of this year’s marks.",
    "RESULTS": "An exhibition in both schools and a book; the workspace shows how both came about.",
}
PRAISE = "A project in which pupils really depend on each other. Congratulations!"
ADVICE = "Good lessons on both sides, but we could not see the pupils work together. Show us more of that."
WHY = "Pupils of two countries made something neither class could have made alone."


def play_labels(world: World) -> None:
    """Closed projects get theirs, a few do not; one project goes on to the European label; one application waits."""
    lead = at_agency(f"lead.{TWO_ASSESSORS}")
    set_label_policy(Country.objects.get(pk=TWO_ASSESSORS), actor=lead, assessors=2)
    labelled = [project for place, project in enumerate(_finished(world)) if _decide(world, project, place)]
    if labelled:
        best = labelled[0]
        for country in best.founder_countries:
            nominate_for_european_label(best, actor=_officers(world, country)[0])
        central = at_agency("central")
        award_european_label(best, actor=central, reason=WHY)
    rivers = Project.objects.get(title="From the Rhône to the Vistula")
    agathe, marek = (Person.objects.get(pk=world.story[key].pk) for key in ("agathe", "marek"))
    _apply(rivers, agathe)
    save_label_draft(rivers, actor=marek, answers={"RESULTS": ANSWERS["RESULTS"]})


def _finished(world: World) -> list[Project]:
    """Closed European projects of founders who are in none of the others."""
    chosen: list[Project] = []
    busy: set[Any] = set()
    for project in Project.objects.filter(state=ProjectState.CLOSED).order_by("-pk").prefetch_related("members"):
        people = {member.person_id for member in project.founders}
        if not project.is_national and not people & busy and len(chosen) < world.count(PROJECTS, least=3):
            chosen.append(project)
            busy |= people
    return chosen


def _decide(world: World, project: Project, place: int) -> bool:
    """Both founders apply; whether both are awarded."""
    refused = place % REFUSED_EACH == 1
    words, lost = (ADVICE, 2) if refused else (PRAISE, min(place, 1))
    for member in project.founders:
        application = _apply(project, member.person)
        officers = _officers(world, application.country_id)
        for assessor in officers[: application.assessors]:
            open_label_evidence(application, actor=assessor)
            assess_label(application, actor=assessor, points=_points(world, lost), feedback=words)
        if refused:
            refuse_label(application, actor=officers[0], feedback=words)
        else:
            award_label(application, actor=officers[0], feedback=words)
    return not refused


def _apply(project: Project, applicant: Person) -> LabelApplication:
    evidence: list[Inside] = []
    for model in (Update, File):
        seen = model.objects.visible_to(applicant).filter(workspace__project=project, removed_at=None)
        evidence += seen.order_by("pk")[:3]
    return apply_for_label(project, actor=applicant, answers=ANSWERS, evidence=evidence)


def _points(world: World, lost: int) -> dict[str, int]:
    """Everything, less up to so many points each."""
    marked = LabelGrid.objects.current().get().marked()
    return {code: leaf.maximum - world.chance.randint(0, min(lost, leaf.maximum)) for code, leaf in marked.items()}


def _officers(world: World, country: str) -> list[Person]:
    """Who decides for the country, as stored."""
    keys = [officer.pk for officer in world.officers[country]]
    return list(Person.objects.filter(pk__in=keys).order_by("login"))
