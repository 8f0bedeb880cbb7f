// A typed front end in small: what it may read is known to the compiler.
import { graphql } from "./gql/index.js";
import { ask } from "./ask.js";

const Rooms = graphql(`
  query Rooms($first: Int!) {
    viewer { login }
    workspaces(first: $first) { edges { node { id project { title state } } } }
  }
`);

const Post = graphql(`
  mutation Post($input: PostUpdateInput!) {
    postUpdate(input: $input) {
      __typename
      ... on Update { text }
      ... on OperationInfo { messages { code message } }
    }
  }
`);

const rooms = await ask(Rooms, { first: 1 });
const room = rooms.workspaces.edges[0]?.node;
if (!room || !rooms.viewer) throw new Error("Nobody is signed in, or there is no workspace.");
const title: string = room.project.title;

const { postUpdate } = await ask(Post, { input: { workspaceId: room.id, text: `News of ${title}` } });
if (postUpdate.__typename === "OperationInfo") throw new Error(postUpdate.messages[0]?.message);
console.log(JSON.stringify({ login: rooms.viewer.login, title, state: room.project.state, posted: postUpdate.text }));
