// graphql-ws and graphql-sse, as they come.
import assert from "node:assert/strict";
import { createClient as createSse } from "graphql-sse";
import { createClient as createSocket } from "graphql-ws";
import WebSocket from "ws";
import { bearer, scene, socketUrl, token, url } from "./server.mjs";

const FOLLOW = "subscription Follow($id: ID!) { workspaceUpdates(workspaceId: $id) { __typename ... on WorkspaceEvent { kind } } }";
const POST = "mutation Post($input: PostUpdateInput!) { postUpdate(input: $input) { ... on Update { text } } }";

async function tried(client, name) {
  const answers = [];
  for await (const answer of client.iterate({ query: "{ viewer { login } }" })) answers.push(answer.data.viewer.login);
  assert.deepEqual(answers, [scene.login]);
  const seen = [];
  for await (const { data } of client.iterate({ query: FOLLOW, variables: { id: scene.workspace } })) {
    seen.push(data.workspaceUpdates.kind ?? data.workspaceUpdates.__typename);
    if (seen.length === 1) {
      for await (const answer of client.iterate({ query: POST, variables: { input: { workspaceId: scene.workspace, text: name } } })) {
        assert.equal(answer.data.postUpdate.text, name);
      }
    } else break;
  }
  assert.deepEqual(seen, ["Heartbeat", "workspace.update_posted"]);
}

await tried(createSocket({ url: socketUrl, webSocketImpl: WebSocket, connectionParams: { token } }), "graphql-ws");
await tried(createSse({ url, headers: bearer, singleConnection: false }), "graphql-sse");
console.log("graphql-ws and graphql-sse: queries, mutations, subscriptions");
process.exit(0);
