"""What the tests of the Neo4j store share: the store on a server of the module's own, and a way past the store."""

import pytest
from neo4j import GraphDatabase


@pytest.fixture
def ask():
    """Runs any Cypher on a server, as people do by hand; its rows."""

    def run(address, query, **parameters):
        with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
            records, _, _ = driver.execute_query(query, parameters, database_=address.database)
            return [record.data() for record in records]

    return run


@pytest.fixture
def gate(ask):
    """The versions on the two Meta nodes."""

    def versions(address):
        rows = ask(address, "MATCH (m:Meta) RETURN m.id AS id, m.data_version AS version")
        return {row["id"]: row["version"] for row in rows}

    return versions
