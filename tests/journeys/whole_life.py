"""The second half of the story: a class makes something of it, and the project comes to a good end."""

import io
import zipfile

from channels.db import database_sync_to_async

from tests.factories.people import PASSWORD, officer
from tests.journeys.actors import Client

CRITERIA = ("COLLABORATION", "TECHNOLOGY", "PEDAGOGY", "CURRICULUM", "RESULTS")
GRID = "{ labelGrid { criteria { code maximum parts { code maximum } } } }"


async def desk_client(client: Client, country: str) -> Client:
    """An officer's own program, signed in by token."""
    person = await database_sync_to_async(officer)(country, given_name=f"Program{country}")
    await client.sign_in(person.login, PASSWORD)
    return client


async def pages_and_materials(lea: Client, jan: Client, lina: Client, room: str) -> str:
    """Two teachers write one page; the second to save an old version loses nothing."""
    lina.seen.clear()
    page = (await lea.must("writePage", workspaceId=room, title="What we found", text="Cold."))["id"]
    seen = "query($id: ID!) { page(id: $id) { title text isDraft } }"
    assert await lina.ask(seen, id=page) == {"page": None}
    await jan.must("editPage", pageId=page, expectedVersion=1, text="Cold, and clear.")
    both = "... on TextConflict { version stored typed }"
    conflict = await lea.must("editPage", both, pageId=page, expectedVersion=1, text="Cold, and deep.")
    assert (conflict["stored"]["text"], conflict["typed"]["text"]) == ("Cold, and clear.", "Cold, and deep.")
    await lea.must("publishPage", pageId=page)
    found = await lina.ask(seen, id=page)
    assert found["page"] == {"title": "What we found", "text": "Cold, and clear.", "isDraft": False}
    folder = (await jan.must("addFolder", workspaceId=room, name="Maps"))["id"]
    said = {"folderId": folder, "caption": "From spring to sea"}
    link = {"link": {"address": "https://example.org/map", "name": "The map"}}
    await jan.must("addMaterial", workspaceId=room, content=link, licence="CC_BY", said=said)
    drafting = ("workspace.hidden", "workspace.hidden")  # that teachers wrote something, not what
    await lina.has_seen_kinds(*drafting, "workspace.page_published", "workspace.folder_added", "workspace.link_added")
    return str(page)


async def a_supervised_chat(lea: Client, lina: Client, olek: Client, room: str) -> str:
    """Pupils write while a teacher is on duty, and not a minute longer; one message should not have been written."""
    chat = (await lea.must("openChatRoom", workspaceId=room, title="By the water"))["id"]
    assert await lina.refused("sendChatMessage", roomId=chat, text="Anybody here?") == ["chat_not_supervised"]
    await lea.must("startChatDuty", roomId=chat, minutes=10)
    await lina.must("sendChatMessage", roomId=chat, text="Hello, Olek!")
    rude = (await olek.must("sendChatMessage", roomId=chat, text="Your river is a puddle, you fool."))["id"]
    await lea.must("endChatDuty", roomId=chat)
    assert await olek.refused("sendChatMessage", roomId=chat, text="Just kidding") == ["chat_not_supervised"]
    return str(rude)


async def a_report_and_its_decision(lina: Client, lea: Client, agency: Client, message: str) -> None:
    """A pupil reports; her teacher sees that there is something; the agency reads it for a reason and decides."""
    report = (await lina.must("reportContent", subjectId=message, category="BULLYING", note="He called me a fool."))[
        "id"
    ]
    waiting = "{ reports(first: 5, state: OPEN) { edges { node { id category subjectKind } } } }"
    listed = await lea.ask(waiting)
    assert [edge["node"]["id"] for edge in listed["reports"]["edges"]] == [report]
    opened = await agency.plainly("openReport", "... on OpenedReport { content note }", reportId=report, reason="Queue")
    assert opened == {
        "__typename": "OpenedReport",
        "content": "Your river is a puddle, you fool.",
        "note": "He called me a fool.",
    }
    decided = {"reportId": report, "outcome": "CONTENT_REMOVED", "reason": "Nobody is a fool here."}
    await agency.must("decideReport", **decided)
    message_now = "query($id: ID!) { node(id: $id) { ... on ChatMessage { text isRemoved } } }"
    assert await lina.ask(message_now, id=message) == {"node": {"text": None, "isRemoved": True}}


async def a_label(jan: Client, agency: Client, project: str, page: str) -> None:
    """Applied for with evidence, assessed by the grid, awarded; everybody can see it on the project."""
    answers = [{"criterion": code, "text": "Both classes, every Monday."} for code in CRITERIA]
    given = {"projectId": project, "answers": answers, "evidenceIds": [page]}
    application = (await jan.must("applyForLabel", **given))["id"]
    shown = "... on OpenedLabelEvidence { exhibits { text } }"
    evidence = await agency.plainly("openLabelEvidence", shown, applicationId=application)
    assert "Cold, and clear." in evidence["exhibits"][0]["text"]
    parts = [part for each in (await agency.ask(GRID))["labelGrid"]["criteria"] for part in each["parts"] or [each]]
    points = [{"criterion": part["code"], "points": part["maximum"]} for part in parts]
    await agency.must("assessLabel", applicationId=application, points=points, feedback="Splendid.")
    await agency.must("awardLabel", applicationId=application, feedback="Congratulations!")
    labels = await jan.ask("query($id: ID!) { project(id: $id) { labels { person { name } } } }", id=project)
    assert labels["project"]["labels"] == [{"person": {"name": "Jan Nowak"}}]


async def the_end(lea: Client, jan: Client, lina: Client, room: str, project: str) -> None:
    """Closed: read, not written; exported as a book that opens offline; copied for the next class."""
    await lea.must("closeProject", projectId=project)
    assert await lina.refused("postUpdate", workspaceId=room, text="More!") == ["not_permitted"]
    assert await jan.refused("postUpdate", workspaceId=room, text="More!") == ["workspace_read_only"]
    address = await jan.ask("query($id: ID!) { workspace(id: $id) { exportUrl } }", id=room)
    assert (await lina.ask("query($id: ID!) { workspace(id: $id) { exportUrl } }", id=room))["workspace"] == {
        "exportUrl": None
    }
    answer = await jan.http.get(address["workspace"]["exportUrl"])
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert "index.html" in book.namelist()
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".html"))
    assert "Cold, and clear." in text
    assert "you fool" not in text
    assert 'src="http' not in text
    lea_id = (await lea.ask("{ viewer { person { id } } }"))["viewer"]["person"]["id"]
    copied = await jan.must("copyProject", projectId=project, partnerId=lea_id, title="Our lakes")
    fields = "query($id: ID!) { project(id: $id) { state title summary } }"
    assert (await lea.ask(fields, id=copied["id"]))["project"]["state"] == "DRAFT"
    await lea.must("archiveProject", projectId=project)
    answer = await lina.http.post("/graphql", json={"query": "{ __typename }"})
    assert answer.status_code == 401  # a pupil's account ends with the workspace it was made for
