// urql with graphcache, aware of the schema by introspection; subscriptions as server-sent events.
import assert from "node:assert/strict";
import { Client, fetchExchange, gql } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { minifyIntrospectionQuery } from "@urql/introspection";
import { getIntrospectionQuery } from "graphql";
import { bearer, scene, url } from "./server.mjs";

const ask = async (query) => (await fetch(url, {
  method: "POST", headers: { "content-type": "application/json", ...bearer }, body: JSON.stringify({ query }),
})).json();
const schema = minifyIntrospectionQuery((await ask(getIntrospectionQuery())).data);
const warnings = [];
console.warn = (text) => warnings.push(text);
const client = new Client({
  url,
  fetchOptions: { headers: bearer },
  preferGetMethod: false,
  fetchSubscriptions: true,
  exchanges: [cacheExchange({ schema, keys: { Viewer: () => null } }), fetchExchange],
});

const VIEWER = gql`query Viewer { viewer { login person { id name } } }`;
const result = await client.query(VIEWER, {}).toPromise();
assert.equal(result.error, undefined);
assert.equal(result.data.viewer.person.name, scene.name);
assert.equal(client.readQuery(VIEWER, {}).data.viewer.login, scene.login);

const POST = gql`mutation Post($input: PostUpdateInput!) { postUpdate(input: $input) { __typename ... on Update { id text } } }`;
const post = (text) => client.mutation(POST, { input: { workspaceId: scene.workspace, text } }).toPromise();
assert.equal((await post("By urql")).data.postUpdate.text, "By urql");

const FOLLOW = gql`subscription Follow($id: ID!) { workspaceUpdates(workspaceId: $id) { __typename ... on WorkspaceEvent { kind } } }`;
const seen = [];
await new Promise((resolve, reject) => {
  client.subscription(FOLLOW, { id: scene.workspace }).subscribe(async ({ data, error }) => {
    if (error) return reject(error);
    seen.push(data.workspaceUpdates.__typename);
    if (seen.length === 1) await post("Live");
    if (data.workspaceUpdates.kind === "workspace.update_posted") resolve();
  });
});
assert.deepEqual(seen, ["Heartbeat", "WorkspaceEvent"]);
assert.deepEqual(warnings, []);
console.log("urql and graphcache: queries, cache, mutations, events");
process.exit(0);
