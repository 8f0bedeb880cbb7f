// Apollo Client: queries, mutations, the cache, automatic persisted queries, subscriptions over HTTP, and uploads.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import UploadHttpLink from "apollo-upload-client/UploadHttpLink.mjs";
import { bearer, scene, url } from "./server.mjs";

const client = (link) => new ApolloClient({ link, cache: new InMemoryCache() });
const plain = client(new HttpLink({ uri: url, headers: bearer }));

const VIEWER = gql`query Viewer { viewer { login person { id name } } }`;
const first = await plain.query({ query: VIEWER });
assert.equal(first.data.viewer.login, scene.login);
assert.equal((await plain.query({ query: VIEWER, fetchPolicy: "cache-only" })).data.viewer.person.name, scene.name);

const POST = gql`mutation Post($input: PostUpdateInput!) { postUpdate(input: $input) { __typename ... on Update { id text } } }`;
const posted = await plain.mutate({ mutation: POST, variables: { input: { workspaceId: scene.workspace, text: "By Apollo" } } });
assert.equal(posted.data.postUpdate.text, "By Apollo");
assert.equal(plain.cache.extract()[`Update:${posted.data.postUpdate.id}`].text, "By Apollo");

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
for (const useGETForHashedQueries of [false, true]) {
  const link = ApolloLink.from([new PersistedQueryLink({ sha256, useGETForHashedQueries }), new HttpLink({ uri: url, headers: bearer })]);
  assert.equal((await client(link).query({ query: VIEWER })).data.viewer.login, scene.login);
}

const FOLLOW = gql`subscription Follow($id: ID!) { workspaceUpdates(workspaceId: $id) { __typename ... on WorkspaceEvent { kind } } }`;
const seen = [];
await new Promise((resolve, reject) => {
  const following = plain.subscribe({ query: FOLLOW, variables: { id: scene.workspace } }).subscribe({
    error: reject,
    next: async ({ data }) => {
      seen.push(data.workspaceUpdates.__typename);
      if (seen.length === 1) await plain.mutate({ mutation: POST, variables: { input: { workspaceId: scene.workspace, text: "Live" } } });
      if (data.workspaceUpdates.kind === "workspace.update_posted") { following.unsubscribe(); resolve(); }
    },
  });
});
assert.deepEqual(seen, ["Heartbeat", "WorkspaceEvent"]);

const UPLOAD = gql`mutation Upload($input: UploadFileInput!) { uploadFile(input: $input) { __typename ... on File { size mediaType } } }`;
const uploading = client(new UploadHttpLink({ uri: url, headers: { ...bearer, "Apollo-Require-Preflight": "true" } }));
const file = new File(["The plan"], "plan.txt", { type: "text/plain" });
const uploaded = await uploading.mutate({ mutation: UPLOAD, variables: { input: { workspaceId: scene.workspace, file, licence: "OWN" } } });
assert.deepEqual(uploaded.data.uploadFile, { __typename: "File", size: 8, mediaType: "text/plain" });
console.log("apollo and apollo-upload-client: queries, cache, mutations, persisted queries, multipart subscription, upload");
process.exit(0);
