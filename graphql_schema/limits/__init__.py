__all__ = ["BYTES", "PAGE_LIMIT", "Limits", "parsed"]

from graphql_schema.limits.documents import parsed
from graphql_schema.limits.extension import Limits
from graphql_schema.limits.sizes import BYTES, PAGE_LIMIT
