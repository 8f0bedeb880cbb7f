"""Persisted documents: what an id stands for, and whether a document is one of ours."""

import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from graphql import FieldNode, OperationDefinitionNode

from graphql_schema.errors import CodedError
from graphql_schema.limits import BYTES, parsed

logger = logging.getLogger(__name__)

PREFIX = "sha256:"
KEPT_FOR = 30 * 24 * 3600  # seconds since a client sent the text
IN_MEMORY = 1_000
HEX = 64  # digits of a digest


@dataclass(frozen=True)
class Asked:
    """What a client sent, whatever the transport."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None
    extensions: dict[str, Any] = field(default_factory=dict)
    document_id: str = ""

    @property
    def automatic(self) -> Any:
        return self.extensions.get("persistedQuery")

    @property
    def identifier(self) -> str:
        """The id of the document, in whichever of its places."""
        if self.automatic is not None:
            return f"{PREFIX}{self.automatic['sha256Hash']}" if _is_automatic(self.automatic) else "malformed"
        return self.document_id or str(self.extensions.get("documentId") or "")


def _is_automatic(given: Any) -> bool:
    return isinstance(given, dict) and given.get("version") == 1 and isinstance(given.get("sha256Hash"), str)


def with_text(asked: Asked) -> Asked:
    """The same with the text of its document; refuses what is unknown, and what is not trusted where only that counts."""
    if not asked.identifier:
        if settings.TRUSTED_DOCUMENTS_ONLY and digest(asked.query) not in trusted():
            raise CodedError("Only documents known beforehand are answered here.", "DOCUMENT_NOT_TRUSTED")
        return asked
    if asked.automatic is not None and not _is_automatic(asked.automatic):
        raise CodedError("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
    text = find(asked.identifier)
    if asked.query:
        _remember(asked, known=text)
        return asked
    if text is None:
        raise _unknown(asked)
    return replace(asked, query=text)


def _unknown(asked: Asked) -> CodedError:
    if asked.automatic is None:
        return CodedError("There is no document with this id.", "PERSISTED_DOCUMENT_NOT_FOUND")
    if settings.TRUSTED_DOCUMENTS_ONLY:
        return CodedError("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
    return CodedError("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")


def _remember(asked: Asked, *, known: str | None) -> None:
    """A client sent text and id together: so that the id alone will do."""
    if asked.automatic is None:
        raise CodedError("Please send `query` or `documentId`, not both.", "BAD_REQUEST")
    key = digest(asked.query)
    if asked.identifier != PREFIX + key:
        raise CodedError("provided sha does not match query", "PERSISTED_QUERY_HASH_MISMATCH")
    if known is not None:
        return
    if settings.TRUSTED_DOCUMENTS_ONLY:
        raise CodedError("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
    if len(asked.query) <= BYTES:
        parsed(asked.query)  # what is no document is not kept
        _shared("set", key, asked.query, KEPT_FOR)
        _keep(key, asked.query)


def find(identifier: str) -> str | None:
    """The text that an id stands for: of the trusted documents, of memory, of the store all processes share."""
    key = identifier.removeprefix(PREFIX)
    text = trusted().get(identifier) or trusted().get(key)
    if text is None and identifier.startswith(PREFIX) and len(key) == HEX and not settings.TRUSTED_DOCUMENTS_ONLY:
        text = _recent.get(key) or _shared("get", key)
        if text is not None:
            _keep(key, text)
    return text


def _shared(verb: str, *args: Any) -> Any:
    """Ask the store of all processes; while it is away, documents are only sent once more."""
    try:
        return getattr(caches["documents"], verb)(*args)
    except Exception:
        logger.warning("The store of persisted documents is away.", exc_info=True)
        return None


def is_persisted(asked: Asked) -> bool:
    return bool(asked.identifier) or find(PREFIX + digest(asked.query)) is not None


def is_about_the_schema(operation: OperationDefinitionNode) -> bool:
    """Whether it asks for nothing but the schema itself: such an answer holds no data."""
    selections = operation.selection_set.selections
    return all(isinstance(s, FieldNode) and s.name.value.startswith("__") for s in selections)


# Texts are named by their digest, so what is in memory is never out of date.
_recent: OrderedDict[str, str] = OrderedDict()


def _keep(key: str, text: str) -> None:
    _recent[key] = text
    _recent.move_to_end(key)
    while len(_recent) > IN_MEMORY:
        _recent.popitem(last=False)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def trusted() -> dict[str, str]:
    """The documents of the front ends, by digest and by their own ids."""
    return _load(settings.TRUSTED_DOCUMENTS) if settings.TRUSTED_DOCUMENTS else {}


@lru_cache(maxsize=4)
def _load(place: str) -> dict[str, str]:
    root = Path(place)
    files = sorted(root.rglob("*")) if root.is_dir() else [root]
    found: dict[str, str] = {}
    for file in files:
        if file.suffix in {".graphql", ".gql", ".json"}:
            for identifier, text in _documents(file):
                found[identifier] = found[digest(text)] = text
    if not found:
        raise ImproperlyConfigured(f"There are no documents in TRUSTED_DOCUMENTS ({place}).")
    return found


def _documents(file: Path) -> Iterator[tuple[str, str]]:
    """Of a document, of a manifest as graphql-codegen and Relay write it, or of Apollo's."""
    text = file.read_text()
    if file.suffix != ".json":
        yield digest(text), text
        return
    data = json.loads(text)
    if "operations" in data and isinstance(data["operations"], list):
        data = {operation["id"]: operation["body"] for operation in data["operations"]}
    yield from data.items()
