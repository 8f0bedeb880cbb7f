// What a Relay component would say it needs; the compiler writes an artifact for each.
import { graphql } from "relay-runtime";

graphql`
  mutation documentsOpenMutation($input: OpenDiscussionInput!) {
    openDiscussion(input: $input) { ... on Discussion { id } }
  }
`;

graphql`
  mutation documentsStartMutation($input: StartThreadInput!) {
    startThread(input: $input) { ... on Thread { id } }
  }
`;

graphql`
  query documentsDiscussionQuery($id: ID!, $count: Int!) {
    node(id: $id) { ...documents_threads @alias @arguments(count: $count) }
  }
`;

graphql`
  fragment documents_threads on Discussion
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" })
  @refetchable(queryName: "documentsThreadsRefetchQuery") {
    title
    threads(first: $count, after: $cursor) @connection(key: "documents_threads") {
      edges { node { title } }
    }
  }
`;
