"""The questions in PostGraphile's words, and its answers in the shape of ours."""

from collections.abc import Callable
from typing import Any

from bench.requests.questions import Question

SCHOOL = "school: schoolsSchoolBySchoolId { name town }"
COUNTRY = "country: schoolsCountryByCountryId { code }"
MEMBER = f"role person: accountsPersonByPersonId {{ name }} {SCHOOL} {COUNTRY}"
MEMBERS = f"members: projectsProjectmembersByProjectId(orderBy: PRIMARY_KEY_ASC) {{ nodes {{ {MEMBER} }} }}"
THREAD = """thread: benchMyThread(id: $thread) { title posts: workspacesPostsByThreadId(first: 50, orderBy: PRIMARY_KEY_ASC) {
  edges { node { text version author: accountsPersonByAuthorId { name } } } } }"""
SEARCH = f"""query Search($country: String!, $language: String!, $region: String!, $viewer: UUID!, $words: [String!]) {{
  total: benchCountTeachers(country: $country, language: $language, region: $region, viewer: $viewer, words: $words)
  teachers: benchFoundTeachers(country: $country, language: $language, region: $region, viewer: $viewer, words: $words, first: 20) {{
    edges {{ node {{ name role presentation {SCHOOL} {COUNTRY} }} }} }} }}"""

DOCUMENTS = {
    "partner search": SEARCH,
    "partner search with words": SEARCH,
    "project page": f"""query Page($project: UUID!, $thread: UUID!) {{
      project: projectsProjectByRowId(rowId: $project) {{ title summary {MEMBERS} }} {THREAD} }}""",
    "workspace page": f"""query Room($workspace: UUID!, $thread: UUID!) {{
      workspace: workspacesWorkspaceByRowId(rowId: $workspace) {{ description
        members: present(first: 50) {{
          edges {{ node {{ role person: accountsPersonByPersonId {{ name }} }} }} }} }} {THREAD} }}""",
    "gallery of 100": "{ gallery: benchGallery(first: 100) { edges { node { title summary } } } }",
    "list of 500": f"""{{ projects: allProjectsProjects(condition: {{ state: "OPEN" }}, orderBy: PRIMARY_KEY_DESC, first: 500) {{
      edges {{ node {{ title {MEMBERS} }} }} }} }}""",
    "viewer": f"{{ person: benchViewer {{ name {COUNTRY} {SCHOOL} }} }}",
    "approval queue": f"""query Queue($country: String!) {{ waitingPeople: benchWaitingPeople(country: $country, first: 50) {{
      edges {{ node {{ name role {SCHOOL} }} }} }} }}""",
}  # fmt: skip


def body(question: Question) -> dict[str, Any]:
    variables = {**question.keys, "words": question.keys.get("words", "").split()}
    document = DOCUMENTS[question.name]
    return {
        "query": document,
        "variables": {name: value for name, value in variables.items() if f"${name}" in document},
    }


def ours(question: Question, data: Any) -> Any:
    """An answer as ours would be: lists without `nodes` around them, and each thing where we have it."""
    return SHAPES.get(question.name, lambda found: found)(without_nodes(data))


def without_nodes(value: Any) -> Any:
    if isinstance(value, list):
        return [without_nodes(one) for one in value]
    if not isinstance(value, dict):
        return value
    return (
        without_nodes(value["nodes"]) if value.keys() == {"nodes"} else {k: without_nodes(v) for k, v in value.items()}
    )


def _counted(data: Any) -> Any:
    return {"teachers": {"totalCount": data["total"], **data["teachers"]}}


def _paged(data: Any) -> Any:
    edges = data["projects"]["edges"]
    return {f"p{n}": {"edges": edges[n * 100 : n * 100 + 100]} for n in range(5)}


SHAPES: dict[str, Callable[[Any], Any]] = {
    "partner search": _counted,
    "partner search with words": _counted,
    "list of 500": _paged,
    "viewer": lambda data: {"viewer": data},
    "approval queue": lambda data: {"desk": data},
}
