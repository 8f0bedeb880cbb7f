from graphql_schema.http.view import GraphQLView

__all__ = ["GraphQLView"]
