-- What PostGraphile's schema needs to answer the same questions; laid beside the tables by the benchmark.
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;

CREATE FUNCTION bench.accounts_person_name(person public.accounts_person) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT rtrim(person.given_name || ' ' || person.family_name) $$;

CREATE FUNCTION bench.viewer() RETURNS public.accounts_person LANGUAGE sql STABLE AS $$
  SELECT p FROM public.accounts_accesstoken t JOIN public.accounts_person p ON p.id = t.person_id
  WHERE t.digest = current_setting('bench.digest', true) AND t.revoked_at IS NULL AND t.expires_at > now()
    AND p.state = 'VALIDATED'
$$;

CREATE FUNCTION bench.found_teachers(country text, language text, region text, viewer uuid, words text[])
RETURNS SETOF public.accounts_person LANGUAGE sql STABLE AS $$
  SELECT p.* FROM public.accounts_person p
  WHERE p.kind = 'STAFF' AND p.state = 'VALIDATED' AND p.country_id = country AND p.is_available
    AND (found_teachers.region = '' OR p.found_in = found_teachers.region) AND p.id <> viewer
    AND EXISTS (SELECT FROM public.accounts_person_languages l WHERE l.person_id = p.id AND l.language_id = language)
    AND (words[1] IS NULL OR p.found_by LIKE '%' || words[1] || '%')
    AND (words[2] IS NULL OR p.found_by LIKE '%' || words[2] || '%')
  ORDER BY p.id DESC
$$;

-- As ours, the count ends at a thousand.
CREATE FUNCTION bench.count_teachers(country text, language text, region text, viewer uuid, words text[])
RETURNS int LANGUAGE sql STABLE AS $$
  SELECT count(*)::int FROM (SELECT FROM bench.found_teachers(country, language, region, viewer, words) LIMIT 1001) found
$$;

CREATE FUNCTION bench.my_thread(id uuid) RETURNS public.workspaces_thread LANGUAGE sql STABLE AS $$
  SELECT t FROM public.workspaces_thread t WHERE t.id = my_thread.id AND EXISTS (
    SELECT FROM public.workspaces_workspacemembership m
    WHERE m.workspace_id = t.workspace_id AND m.person_id = (bench.viewer()).id AND m.left_at IS NULL)
$$;

CREATE FUNCTION bench.workspaces_workspace_present(workspace public.workspaces_workspace)
RETURNS SETOF public.workspaces_workspacemembership LANGUAGE sql STABLE AS $$
  SELECT m.* FROM public.workspaces_workspacemembership m WHERE m.workspace_id = workspace.id AND m.left_at IS NULL ORDER BY m.id
$$;

CREATE FUNCTION bench.gallery() RETURNS SETOF public.projects_project LANGUAGE sql STABLE AS $$
  SELECT j.* FROM public.workspaces_workspace w JOIN public.projects_project j ON j.id = w.project_id
  WHERE w.is_public AND j.state IN ('OPEN', 'CLOSED', 'ARCHIVED') ORDER BY w.id DESC
$$;

CREATE FUNCTION bench.waiting_people(country text) RETURNS SETOF public.accounts_person LANGUAGE sql STABLE AS $$
  SELECT p.* FROM public.accounts_person p WHERE p.kind = 'STAFF' AND p.country_id = country
    AND p.state IN ('PENDING', 'INFORMATION_REQUESTED') ORDER BY p.due_at, p.id
$$;
