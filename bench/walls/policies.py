"""Row-level security as it would have to be: what `visible_to` says of the main tables, once more in SQL.

What decides about a table reads other tables, whose policies would ask back: so it is asked by functions of the owner, to
whom no policy applies. A role of its own reads, to whom they do.
"""

READER = "etwinning_reader"
ACTOR = "etwinning.actor"
OPENED = "('OPEN', 'CLOSED', 'ARCHIVED')"
INSIDE = ("workspacemembership", "discussion", "thread", "post", "update", "file", "folder", "page")

FUNCTIONS = {
    "actor() RETURNS uuid": f"SELECT nullif(current_setting('{ACTOR}', true), '')::uuid",
    "actor_is_staff() RETURNS boolean": """
        SELECT kind = 'STAFF' AND state = 'VALIDATED' FROM accounts_person WHERE id = actor()""",
    "actors_rooms() RETURNS SETOF uuid": """
        SELECT workspace_id FROM workspaces_workspacemembership
        WHERE person_id = actor() AND left_at IS NULL AND (expires_at IS NULL OR expires_at > now())""",
    "actors_roommates() RETURNS SETOF uuid": """
        SELECT person_id FROM workspaces_workspacemembership WHERE workspace_id IN (SELECT actors_rooms())""",
    "actors_projects() RETURNS SETOF uuid": """
        SELECT project_id FROM projects_projectmember WHERE person_id = actor() AND state IN ('INVITED', 'JOINED')
        UNION SELECT project_id FROM workspaces_workspace WHERE id IN (SELECT actors_rooms())""",
    "actors_countries() RETURNS text[]": """
        SELECT CASE WHEN bool_or(a.country_id IS NULL) THEN (SELECT array_agg(code) FROM schools_country)
                    ELSE array_agg(a.country_id) END
        FROM agencies_officer o JOIN agencies_agency a ON a.id = o.agency_id WHERE o.person_id = actor()""",
    "projects_overseen() RETURNS SETOF uuid": """
        SELECT project_id FROM projects_projectmember WHERE country_id = ANY(actors_countries())""",
    "people_overseen() RETURNS SETOF uuid": """
        SELECT person_id FROM projects_projectmember WHERE project_id IN (SELECT projects_overseen())""",
}

POLICIES = {
    "accounts_person": """
        id = (SELECT actor())
        OR (kind = 'STAFF' AND state = 'VALIDATED' AND (SELECT actor_is_staff()))
        OR id IN (SELECT actors_roommates())
        OR (kind = 'STAFF' AND country_id = ANY((SELECT actors_countries())::text[]))
        OR (kind = 'STAFF' AND id IN (SELECT people_overseen()))""",
    "projects_project": f"""
        (state IN {OPENED} AND (SELECT actor_is_staff()))
        OR id IN (SELECT actors_projects())
        OR (state <> 'DRAFT' AND id IN (SELECT projects_overseen()))""",
    "projects_projectmember": """
        project_id IN (SELECT id FROM projects_project)
        AND (state = 'JOINED' OR project_id IN (SELECT actors_projects()) OR (SELECT actors_countries()) IS NOT NULL)""",
    "workspaces_workspace": "id IN (SELECT actors_rooms())",
    **{f"workspaces_{name}": "workspace_id IN (SELECT actors_rooms())" for name in INSIDE},
    "notifications_notification": "recipient_id = (SELECT actor())",
}


def statements() -> list[str]:
    """Everything that puts the policies up, whatever stood there before."""
    made = [f"GRANT USAGE ON SCHEMA public TO {READER}", f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER}"]
    for head, body in FUNCTIONS.items():
        made.append(f"CREATE OR REPLACE FUNCTION {head} LANGUAGE sql STABLE SECURITY DEFINER AS $${body}$$")
    for table, condition in POLICIES.items():
        made += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS seen ON {table}",
            f"CREATE POLICY seen ON {table} FOR SELECT TO {READER} USING ({condition})",
        ]
    return made
