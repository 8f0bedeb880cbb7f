// A page to try documents on: what is asked goes to this server, as whoever is signed in here or by a token.
const by = (id) => document.getElementById(id);
const form = document.querySelector("form");

async function ask(query, variables) {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  if (by("token").value) headers.authorization = `Bearer ${by("token").value}`;
  const response = await fetch(location.pathname, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return { status: response.status, answer: await response.json() };
}

async function run() {
  const begun = performance.now();
  by("status").value = "…";
  try {
    const { status, answer } = await ask(by("query").value, JSON.parse(by("variables").value || "{}"));
    by("status").value = `${status} · ${Math.round(performance.now() - begun)} ms`;
    by("answer").textContent = JSON.stringify(answer, null, 2);
  } catch (error) {
    by("status").value = "";
    by("answer").textContent = error instanceof SyntaxError ? error.message : form.dataset.failed;
  }
}

form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
});

const TYPE = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
const ROOT = `name fields { name description type { ${TYPE} } args { name type { ${TYPE} } } }`;
const SCHEMA = `{ __schema { queryType { ${ROOT} } mutationType { ${ROOT} } subscriptionType { ${ROOT} } } }`;

const written = ({ kind, name, ofType }) =>
  kind === "NON_NULL" ? `${written(ofType)}!` : kind === "LIST" ? `[${written(ofType)}]` : name;

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function signature({ name, args, type }) {
  const given = args.map((each) => `${each.name}: ${written(each.type)}`).join(", ");
  return `${name}${given && `(${given})`}: ${written(type)}`;
}

async function showSchema() {
  const { answer } = await ask(SCHEMA, {});
  if (!answer.data) {
    by("schema").append(element("dd", answer.errors[0].message));
    return;
  }
  const { queryType, mutationType, subscriptionType } = answer.data.__schema;
  for (const root of [queryType, mutationType, subscriptionType]) {
    for (const field of root.fields) {
      by("schema").append(element("dt", `${root.name.toLowerCase()} ${signature(field)}`), element("dd", field.description));
    }
  }
}

by("filter").addEventListener("input", () => {
  const wanted = by("filter").value.toLowerCase();
  for (const term of by("schema").querySelectorAll("dt")) {
    const text = term.nextElementSibling;
    term.hidden = text.hidden = !`${term.textContent} ${text.textContent}`.toLowerCase().includes(wanted);
  }
});

showSchema();
