"""The official Python client of the Model Context Protocol asks what an assistant would; every figure equals the API's."""

import asyncio
import json
import os
import subprocess
from pathlib import Path

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

PROJECT = Path(__file__).resolve().parents[2]

CALLS = [
    ("search", {"q": "ReelShort"}),
    ("search", {"q": "微短剧 浦东", "lang": "zh"}),
    ("search", {"q": "CNY 50 billion"}),
    ("get_indicator", {"id": "domestic-market-revenue"}),
    ("get_series", {"indicator": ["domestic-market-revenue"], "limit": 50}),
    ("get_series", {"indicator": ["domestic-market-revenue"], "lang": "zh"}),
    ("get_series", {"indicator": ["domestic-market-revenue"], "known_on": "2025-06-30"}),
    ("get_series", {"indicator": ["domestic-market-revenue"], "as_of": "1", "rows": "headline"}),
    ("explore", {"preset": "forecasts"}),
    ("list_programs", {"place": "shanghai-pudong"}),
    ("list_programs", {"status": "in-force", "limit": 5}),
    ("compare_places", {"place": ["shanghai-pudong", "hangzhou"]}),
    ("match_programs", {"place": "shanghai-pudong", "does": ["overseas"]}),
    ("subsidies", {"kind": "paid"}),
    ("subsidies", {"place": "shanghai", "lang": "zh"}),
    ("organization", {"id": "crazy-maple-studio"}),
    ("organization", {"id": "dianzhong", "lang": "zh"}),
    ("check_claim", {"text": "China's micro-dramas earned CNY 50 billion in the first eight months of 2025."}),
    ("check_claim", {"text": "2025年前八个月，中国微短剧收入达5亿元。", "lang": "zh"}),
    ("cite", {"page": "programs?place=shanghai-pudong"}),
]


async def session_of_calls(streams):
    """Makes every call in one session; returns tools by name, and the structured results in order."""
    async with ClientSession(streams[0], streams[1]) as session:
        await session.initialize()
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        results = []
        for name, arguments in CALLS:
            result = await session.call_tool(name, arguments)
            assert not result.is_error, (name, arguments, result.content)
            assert json.loads(result.content[0].text) == result.structured_content
            results.append(result.structured_content)
        wrong = await session.call_tool("get_series", {"indicator": ["nothing"]})
        assert wrong.is_error and "search" in wrong.content[0].text
        return tools, results


async def over_http(site):
    async with streamable_http_client(f"{site}/mcp") as streams:
        return await session_of_calls(streams)


@pytest.fixture(scope="module")
def answers(site):
    return asyncio.run(over_http(site))


def figures(answer):
    """Returns every observation in an answer, wherever it stands."""
    if isinstance(answer, dict):
        if "indicator_id" in answer and "source_id" in answer and "quote" in answer:
            yield answer
        for value in answer.values():
            yield from figures(value)
    if isinstance(answer, list):
        for value in answer:
            yield from figures(value)


def test_every_figure_equals_the_apis_row(answers, get):
    _, results = answers
    for (name, arguments), result in zip(CALLS, results):
        for figure in figures(result):
            query = {"indicator": figure["indicator_id"], "entity": figure["entity_id"], "source": figure["source_id"]}
            query.update({name: arguments[name] for name in ("lang", "as_of", "known_on") if name in arguments})
            rows = get("/api/v1/observations", params=query).json()["data"]
            row = {key: value for key, value in figure.items() if key != "quote"}
            filled = [{key: value for key, value in one.items() if value is not None} for one in rows]
            assert row in filled, (name, row)
    assert sum(1 for result in results for _ in figures(result)) > 30


def test_every_answer_names_both_times_and_its_licence(answers):
    _, results = answers
    for (name, arguments), result in zip(CALLS, results):
        assert result["as_of"] == 1 and result["published_on"] and result["licence"] == "CC BY 4.0", name
        assert result.get("known_on") == arguments.get("known_on"), name
        assert "limit" in arguments or len(json.dumps(result, ensure_ascii=False).encode()) <= 9_000, name


def test_answers_fit_their_schema(answers):
    import jsonschema

    tools, results = answers
    for (name, _), result in zip(CALLS, results):
        jsonschema.validate(result, tools[name].output_schema)


def test_known_on_leaves_out_what_was_published_later(answers):
    _, results = answers
    for (_, arguments), result in zip(CALLS, results):
        if "known_on" in arguments:
            assert result["rows"]
            assert all(row["source_published_on"] <= arguments["known_on"] for row in result["rows"])


def test_the_same_over_standard_input(answers, tmp_path):
    """`observatory mcp` reads a database of its own, with the same data set."""
    program = os.environ["OBSERVATORY"]
    for above in [tmp_path, *tmp_path.parents][:3]:
        above.chmod(0o755)
    state = f"--state={tmp_path / 'state'}"
    subprocess.run([program, "import", "data", state, "--log=warn"], cwd=PROJECT, check=True, capture_output=True)

    async def over_stdio():
        server = StdioServerParameters(command=program, args=["mcp", state, "--log=warn"], cwd=PROJECT)
        async with stdio_client(server) as streams:
            return await session_of_calls(streams)

    tools, results = asyncio.run(over_stdio())
    there, expected = answers
    assert tools.keys() == there.keys()
    without_page = lambda result: {key: value for key, value in result.items() if key in ("rows", "total", "figures")}
    for (name, _), result, other in zip(CALLS, results, expected):
        assert without_page(result) == without_page(other), name
