"""A typed client made from the OpenAPI document pages through every list, and every row fits its type."""

import dataclasses
import inspect
import keyword
import types
import typing
from decimal import Decimal

import pytest
import requests

def type_of(schema):
    """Returns the source of the Python type of a property."""
    if "$ref" in schema:
        return repr(schema["$ref"].rsplit("/", 1)[1])
    kinds = schema.get("type", [])
    names = {"string": "str", "integer": "int", "number": "Decimal", "boolean": "bool", "null": "None"}
    if kinds == "array":
        return f"list[{type_of(schema['items'])}]"
    if kinds == "object":
        return "dict"
    return " | ".join(names[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))


def source_of(document):
    """Writes a module: a dataclass for each row, and a function for each list that yields its rows page by page."""
    lines = ["from dataclasses import dataclass", "from decimal import Decimal", "from typing import Iterator", ""]
    lists = {path.rsplit("/", 1)[1]: item["get"] for path, item in document["paths"].items() if item.get("get", {}).get("operationId", "").startswith("list_")}
    for name in lists:
        row = document["components"]["schemas"][name[0].upper() + name[1:]]
        assert set(row["required"]) == set(row["properties"]), name
        lines += ["@dataclass(frozen=True)", f"class {name.title()}:"]
        lines += [f"    {field}: {type_of(schema)}" for field, schema in row["properties"].items()]
        lines.append("")
    for name, operation in lists.items():
        own = [one for one in operation["parameters"] if one["name"] not in ("after", "include_history")]
        # `from` is a word of the language.
        argument = {one["name"]: one["name"] + "_" * keyword.iskeyword(one["name"]) for one in own}
        arguments = ", ".join(f"{own}=None" for own in argument.values())
        passed = ", ".join(f"{name!r}: {own}" for name, own in argument.items())
        lines += [
            f"def {name}(client, {arguments}) -> Iterator[{name.title()}]:",
            f"    for row in client.rows('/api/v1/{name}', {{{passed}}}):",
            f"        yield {name.title()}(**row)",
            "",
        ]
    return "\n".join(lines), sorted(lists)


class Client:
    def __init__(self, site):
        self.site, self.session, self.pages = site, requests.Session(), 0

    def rows(self, path, parameters):
        address, query = self.site + path, {name: value for name, value in parameters.items() if value is not None}
        while address:
            answer = self.session.get(address, params=query, timeout=60)
            answer.raise_for_status()
            self.pages += 1
            body = answer.json(parse_float=Decimal)
            yield from body["data"]
            address, query = body["meta"]["next"], None
            if address and address.startswith("/"):
                address = self.site + address


@pytest.fixture(scope="module")
def module(get):
    source, names = source_of(get("/api/openapi.json").json())
    module = types.ModuleType("observatory")
    exec(compile(source, "observatory.py", "exec"), module.__dict__)
    module.names = names
    return module


def fits(value, hint):
    if typing.get_origin(hint) is list:
        return isinstance(value, list) and all(fits(one, typing.get_args(hint)[0]) for one in value)
    kinds = typing.get_args(hint) or (hint,)
    # A whole number may be written without a decimal point.
    return any(value is None if kind in (None, type(None)) else isinstance(value, (kind, int) if kind is Decimal else kind) for kind in kinds)


def test_every_list_is_read_to_its_end(module, site, get):
    assert {"observations", "organizations", "programs", "subsidies"} <= set(module.names)
    for name in module.names:
        client = Client(site)
        read = list(getattr(module, name)(client, limit=50))
        body = get(f"/api/v1/{name}", params={"limit": 1}).json()
        assert len(read) == body["meta"]["total"], name
        assert client.pages == max(1, -(-len(read) // 50)) or name == "changes", name
        hints = typing.get_type_hints(getattr(module, name.title()), vars(module))
        for row in read:
            for field in dataclasses.fields(row):
                assert fits(getattr(row, field.name), hints[field.name]), (name, field.name, getattr(row, field.name))


def test_filters_are_arguments(module, site):
    client = Client(site)
    assert "indicator" in inspect.signature(module.observations).parameters
    rows = list(module.observations(client, indicator="domestic-market-revenue", known_on="2025-06-30"))
    assert rows and all(row.indicator_id == "domestic-market-revenue" for row in rows)
    assert all(row.source_published_on is None or row.source_published_on <= "2025-06-30" for row in rows)
