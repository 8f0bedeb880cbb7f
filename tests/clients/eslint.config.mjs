// @graphql-eslint's schema-recommended and schema-relay on our schema; what differs from them says why.
import plugin from "@graphql-eslint/eslint-plugin";

// No nodes: they have nothing to be found by again, and clients keep them inside what they came with.
const VALUES = {
  "results of mutations": [
    "AppealReceived", "AppointmentAccepted", "DataExport", "Done", "MailingConsentGiven", "MarkedRead", "MeetingDoor", "OpenedLabelEvidence",
    "OpenedReport", "OperationInfo", "OperationMessage", "PupilCard", "PupilCards", "RecoveryCodes", "Registration", "SecondFactorAsked",
    "SecondFactorSetUp", "SignedIn", "SignedOut", "TextConflict", "TokenCreated", "ValidatedTeachers",
  ],
  "what a stream delivers": [
    "AccessEnded", "Heartbeat", "NotificationEvent", "PresentNow", "ProjectEvent", "Resume", "Resync", "Typing", "WorkspaceEvent", "WorkspaceEvents",
  ],
  "counts and figures": ["Desk", "DeskCounts", "Duration", "Figure", "FigureTable", "Partnership", "Queue", "Statistics"],
  "known by a code": ["Competence", "Country", "Language", "Subject", "Vocabulary"],
  "parts of a node": [
    "ChatLog", "Criterion", "Inquiry", "LabelExhibit", "PageVersion", "PossibleDuplicate", "ProjectVersion", "PublicPage", "ReportReading",
    "SecondFactor", "SeenInside", "SeenThing", "TextVersion", "TrackerStep", "LabelDraftAnswer", "UploadLimits",
  ],
  "Relay's own, and the one who asks": ["PageInfo", "Viewer"],
};

export default [
  {
    files: ["**/*.graphql"],
    plugins: { "@graphql-eslint": plugin },
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: "graphql_schema/schema.graphql" } } },
    rules: {
      ...plugin.configs["flat/schema-recommended"].rules,
      ...plugin.configs["flat/schema-relay"].rules,
      "@graphql-eslint/strict-id-in-types": ["error", {
        exceptions: { suffixes: ["Connection", "Edge"], types: Object.values(VALUES).flat() },
      }],
      // Lists that cannot grow (languages, steps, viewer's schools) are plain lists; see CONTRIBUTING.
      "@graphql-eslint/relay-edge-types": ["error", {
        withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false,
      }],
      // GraphQL's own directive, printed by Strawberry without a description.
      "@graphql-eslint/require-description": ["error", {
        ...plugin.configs["flat/schema-recommended"].rules["@graphql-eslint/require-description"][1],
        ignoredSelectors: ["[type=DirectiveDefinition][name.value=oneOf]", "[type=DirectiveDefinition][name.value=oneOf] *"],
      }],
      // `viewerCan…` has one name on every type, `Viewer` too; and `Done { done }` has nothing else to say.
      "@graphql-eslint/no-typename-prefix": "off",
    },
  },
];
