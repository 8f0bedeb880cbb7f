from graphql_schema.http.identity import viewer_and_proof
from graphql_schema.http.view import GraphQLView

__all__ = ["GraphQLView", "viewer_and_proof"]
