"""Each question as one statement that gives the answer's `data` as text."""

WHO = """
SELECT t.person_id FROM accounts_accesstoken t JOIN accounts_person p ON p.id = t.person_id
WHERE t.digest = %s AND t.revoked_at IS NULL AND t.expires_at > now() AND p.state = 'VALIDATED'
"""

SEARCH = """
WITH found AS MATERIALIZED (
  SELECT p.id FROM accounts_person p JOIN schools_school s ON s.id = p.school_id
  WHERE p.kind = 'STAFF' AND p.state = 'VALIDATED' AND p.country_id = %(country)s AND p.is_available
    AND p.id <> %(viewer)s
    AND EXISTS (SELECT FROM accounts_person_languages l WHERE l.person_id = p.id AND l.language_id = %(language)s)
    {narrower}
), page AS (SELECT id FROM found ORDER BY id DESC LIMIT 20)
SELECT json_build_object('teachers', json_build_object(
  'totalCount', (SELECT least(count(*), 1001) FROM found),
  'edges', (SELECT coalesce(json_agg(json_build_object('node', json_build_object(
    'name', p.given_name || ' ' || p.family_name, 'role', p.role, 'presentation', p.presentation,
    'school', json_build_object('name', s.name, 'town', s.town), 'country', json_build_object('code', p.country_id)
  )) ORDER BY p.id DESC), '[]') FROM page JOIN accounts_person p USING (id) JOIN schools_school s ON s.id = p.school_id)
))::text
"""
REGION = "AND p.found_in = %(region)s"
WORDS = """
AND p.found_by LIKE '%%rivers%%' AND p.found_by LIKE '%%music%%'
"""
MEMBERS = """(SELECT json_agg(json_build_object('role', m.role,
  'person', json_build_object('name', p.given_name || ' ' || p.family_name),
  'school', json_build_object('name', s.name, 'town', s.town), 'country', json_build_object('code', m.country_id)
) ORDER BY m.id) FROM projects_projectmember m JOIN accounts_person p ON p.id = m.person_id
JOIN schools_school s ON s.id = m.school_id WHERE m.project_id = {project})"""
THREAD = """'thread', (SELECT json_build_object('title', t.title, 'posts', json_build_object('edges', (
  SELECT json_agg(json_build_object('node', json_build_object('text', o.text, 'version', o.version,
    'author', json_build_object('name', rtrim(p.given_name || ' ' || p.family_name)))) ORDER BY o.id)
  FROM (SELECT * FROM workspaces_post WHERE thread_id = t.id ORDER BY id LIMIT 50) o
  JOIN accounts_person p ON p.id = o.author_id))) FROM workspaces_thread t WHERE t.id = %(thread)s
  AND EXISTS (SELECT FROM workspaces_workspacemembership m WHERE m.workspace_id = t.workspace_id
    AND m.person_id = %(viewer)s AND m.left_at IS NULL))"""

STATEMENTS = {
    "partner search": SEARCH.format(narrower=REGION),
    "partner search with words": SEARCH.format(narrower=WORDS),
    "project page": f"""SELECT json_build_object('project', (SELECT json_build_object('title', j.title, 'summary', j.summary,
        'members', {MEMBERS.format(project="j.id")}) FROM projects_project j WHERE j.id = %(project)s), {THREAD})::text""",
    "workspace page": f"""SELECT json_build_object('workspace', (SELECT json_build_object('description', w.description,
        'members', json_build_object('edges', (SELECT json_agg(json_build_object('node', json_build_object('role', m.role,
          'person', json_build_object('name', rtrim(p.given_name || ' ' || p.family_name)))) ORDER BY m.id)
        FROM (SELECT * FROM workspaces_workspacemembership WHERE workspace_id = w.id AND left_at IS NULL
          ORDER BY id LIMIT 50) m JOIN accounts_person p ON p.id = m.person_id)))
        FROM workspaces_workspace w WHERE w.id = %(workspace)s), {THREAD})::text""",
    "gallery of 100": """SELECT json_build_object('gallery', json_build_object('edges', (
        SELECT json_agg(json_build_object('node', json_build_object('title', g.title, 'summary', g.summary)) ORDER BY g.id DESC)
        FROM (SELECT w.id, j.title, j.summary FROM workspaces_workspace w JOIN projects_project j ON j.id = w.project_id
          WHERE w.is_public AND j.state IN ('OPEN', 'CLOSED', 'ARCHIVED') ORDER BY w.id DESC LIMIT 100) g)))::text""",
    "list of 500": f"""WITH page AS MATERIALIZED (
        SELECT id, title, (row_number() OVER (ORDER BY id DESC) - 1) / 100 AS n FROM projects_project
        WHERE state = 'OPEN' ORDER BY id DESC LIMIT 500
      ) SELECT json_object_agg('p' || n, json_build_object('edges', edges) ORDER BY n)::text FROM (
        SELECT n, json_agg(json_build_object('node', json_build_object('title', j.title,
          'members', {MEMBERS.format(project="j.id")})) ORDER BY j.id DESC) AS edges FROM page j GROUP BY n) pages""",
    "viewer": """SELECT json_build_object('viewer', json_build_object('person', json_build_object(
        'name', p.given_name || ' ' || p.family_name, 'country', json_build_object('code', p.country_id),
        'school', json_build_object('name', s.name, 'town', s.town))))::text
        FROM accounts_person p JOIN schools_school s ON s.id = p.school_id WHERE p.id = %(viewer)s""",
    "approval queue": """SELECT json_build_object('desk', json_build_object('waitingPeople', json_build_object('edges', (
        SELECT json_agg(json_build_object('node', json_build_object('name', q.given_name || ' ' || q.family_name,
          'role', q.role, 'school', json_build_object('name', q.name, 'town', q.town))) ORDER BY q.due_at, q.id)
        FROM (SELECT p.id, p.given_name, p.family_name, p.role, p.due_at, s.name, s.town FROM accounts_person p
          JOIN schools_school s ON s.id = p.school_id WHERE p.kind = 'STAFF' AND p.country_id = %(country)s
          AND p.state IN ('PENDING', 'INFORMATION_REQUESTED') ORDER BY p.due_at, p.id LIMIT 50) q))))::text""",
}
