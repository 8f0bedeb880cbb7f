"""Documents read, measured and validated once for all who send the same text."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate
from graphql.validation import specified_rules
from graphql.validation.rules import overlapping_fields_can_be_merged
from graphql.validation.validate import ValidationAbortedError
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from graphql_schema.errors import CodedError
from graphql_schema.limits.sizes import BYTES, TOKENS, Size, measure

RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
ERRORS, LONGEST = 20, 300  # that a wrong document is told at once, and letters of one
KEPT, KEPT_TEXT = 256, 400_000  # documents, and characters of all their texts: the densest take 200 bytes a character

# Fields of the same name are compared in pairs. This many comparisons take some 20 ms; a page of a front end that
# spreads twenty fragments needs a tenth.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 6_000


@dataclass
class Document:
    """A text within the limits, and what is known of it."""

    node: DocumentNode
    size: Size
    found: dict[tuple[int, bool], list[GraphQLError]] = field(default_factory=dict)

    def errors(self, schema: GraphQLSchema, *, is_helpful: bool) -> list[GraphQLError]:
        """What validation says; `is_helpful`: with suggestions of what might be meant."""
        key = (id(schema), is_helpful)
        if key not in self.found:
            self.found[key] = [_explained(e) for e in _validate(schema, self.node, is_helpful)]
        return self.found[key]


class Shelf:
    """The documents asked for last."""

    def __init__(self) -> None:
        self.documents: OrderedDict[str, Document] = OrderedDict()
        self.text = 0
        self.lock = Lock()

    def get(self, query: str) -> Document:
        with self.lock:
            if query in self.documents:
                self.documents.move_to_end(query)
                return self.documents[query]
        document = read(query)
        with self.lock:
            self._keep(query, document)
            return document

    def _keep(self, query: str, document: Document) -> None:
        if query not in self.documents:
            self.documents[query] = document
            self.text += len(query)
        while len(self.documents) > KEPT or self.text > KEPT_TEXT:
            old, _ = self.documents.popitem(last=False)
            self.text -= len(old)


_shelf = Shelf()


def document_of(query: str) -> Document:
    """The document, if it is within the limits."""
    return _shelf.get(query)


def parsed(query: str) -> DocumentNode:
    """The same as graphql-core knows it."""
    return document_of(query).node


def read(query: str) -> Document:
    if len(query) > BYTES or len(query.encode(errors="surrogatepass")) > BYTES:
        raise CodedError("This document is too large.", "DOCUMENT_TOO_LARGE", limit=BYTES)
    node = parse(query, max_tokens=TOKENS)
    return Document(node, measure(node))


def _validate(schema: GraphQLSchema, node: DocumentNode, is_helpful: bool) -> list[GraphQLError]:
    return validate(schema, node, RULES, max_errors=ERRORS, hide_suggestions=not is_helpful)


def _explained(error: GraphQLError) -> GraphQLError:
    """Why validation gave up, where it was not for the number of errors."""
    if isinstance(error, ValidationAbortedError) and not error.message.startswith("Too many validation errors"):
        return CodedError("This document is too complex: please ask for less, or split it.", "TOO_COMPLEX")
    if error.original_error:  # such as a number that Python does not read: the client's fault like all found here
        return GraphQLError(error.message[:LONGEST], error.nodes)
    return error
