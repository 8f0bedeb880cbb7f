// Relay: its compiler on our schema, then a refetchable connection read page after page by its runtime.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import compiler from "relay-compiler";
import relay from "relay-runtime";
import { bearer, scene, url } from "./server.mjs";

const { commitMutation, Environment, fetchQuery, getPaginationMetadata, getPaginationVariables, getRefetchMetadata, getSelector, Network, RecordSource, Store } = relay;

const folder = mkdtempSync(join(scene.folder, "relay-"));
cpSync("relay", join(folder, "src"), { recursive: true });
cpSync("../../graphql_schema/schema.graphql", join(folder, "schema.graphql"));
mkdirSync(join(folder, "artifacts"));
writeFileSync(join(folder, "relay.config.json"), JSON.stringify({
  src: "src", schema: "schema.graphql", language: "javascript", artifactDirectory: "artifacts", eagerEsModules: false,
}));
execFileSync(compiler, ["relay.config.json"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
const artifact = createRequire(join(folder, "artifacts", "here.js"));

const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(async ({ text: query }, variables) => (await fetch(url, {
    method: "POST", headers: { "content-type": "application/json", ...bearer }, body: JSON.stringify({ query, variables }),
  })).json()),
});
const mutate = (mutation, input) => new Promise((onCompleted, onError) => {
  commitMutation(environment, { mutation, variables: { input }, onCompleted, onError });
});

const { openDiscussion } = await mutate(artifact("./documentsOpenMutation.graphql"), { workspaceId: scene.workspace, title: "Rivers" });
const start = artifact("./documentsStartMutation.graphql");
const titles = Array.from({ length: 7 }, (_, number) => `Thread ${number}`);
for (const title of titles) await mutate(start, { discussionId: openDiscussion.id, title, text: "Here it begins." });
titles.reverse(); // the newest comes first

const fragment = artifact("./documents_threads.graphql");
const query = artifact("./documentsDiscussionQuery.graphql");
const variables = { id: openDiscussion.id, count: 3 };
const { node } = await fetchQuery(environment, query, variables).toPromise();
const selector = getSelector(fragment, node.documents_threads);
const held = environment.retain(relay.createOperationDescriptor(query, variables));
const connection = () => environment.lookup(selector).data.threads;
const seen = () => connection().edges.map((edge) => edge.node.title);
assert.deepEqual(seen(), titles.slice(0, 3));

const { paginationRequest, paginationMetadata } = getPaginationMetadata(fragment, "relay.mjs");
const { identifierInfo } = getRefetchMetadata(fragment, "relay.mjs");
async function loadNext(count) { // what usePaginationFragment does
  const { endCursor } = connection().pageInfo;
  const page = getPaginationVariables("forward", count, endCursor, { ...variables }, {}, paginationMetadata);
  page[identifierInfo.identifierQueryVariableName] = openDiscussion.id;
  await fetchQuery(environment, paginationRequest, page).toPromise();
}
await loadNext(3);
assert.deepEqual(seen(), titles.slice(0, 6));
assert.equal(connection().pageInfo.hasNextPage, true);
await loadNext(3);
assert.deepEqual(seen(), titles);
assert.equal(connection().pageInfo.hasNextPage, false);
held.dispose();
console.log("relay: compiler, mutations, a refetchable connection in three pages");
process.exit(0);
