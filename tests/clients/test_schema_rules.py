"""What @graphql-eslint recommends for schemas, and for Relay's; the exceptions stand in eslint.config.mjs."""

import subprocess
from pathlib import Path

HERE = Path(__file__).parent
CHECK = ["--config", str(HERE / "eslint.config.mjs"), "--max-warnings", "0"]
LINTER = str(HERE / "node_modules" / "eslint" / "bin" / "eslint.js")
ROOT = HERE.parents[1]


def test_the_schema_follows_the_rules_of_the_field(node: str) -> None:
    ran = subprocess.run(
        [node, LINTER, *CHECK, "graphql_schema/schema.graphql"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_an_edge_with_another_name_would_be_found(node: str, tmp_path: Path) -> None:
    """So that a linter which reads nothing does not pass for one that finds nothing."""
    (tmp_path / "graphql_schema").mkdir()
    (tmp_path / "graphql_schema" / "schema.graphql").write_text(
        """
        type Query { threads(first: Int): ThreadConnection! }
        type ThreadConnection { pageInfo: PageInfo!, edges: [ThreadCursor!]! }
        type ThreadCursor { cursor: String!, node: Thread! }
        type Thread { id: ID! }
        type PageInfo { hasNextPage: Boolean!, hasPreviousPage: Boolean!, startCursor: String, endCursor: String }
        """
    )
    ran = subprocess.run(
        [node, LINTER, *CHECK, "graphql_schema/schema.graphql"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "@graphql-eslint/relay-edge-types" in ran.stdout
