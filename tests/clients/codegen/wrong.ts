// The same with mistakes that the compiler must find.
import { graphql } from "./gql/index.js";
import { ask } from "./ask.js";

const Rooms = graphql(`
  query Rooms($first: Int!) {
    viewer { login }
    workspaces(first: $first) { edges { node { id project { title state } } } }
  }
`);

const rooms = await ask(Rooms, { first: "one" });
console.log(rooms.workspaces.edges[0]?.node.project.headline, rooms.viewer.login);
