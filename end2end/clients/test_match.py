"""Fifty worked cases of the matching of programmes, checked against rules written anew from the data dictionary."""

import csv
import datetime
import io
import random
from decimal import ROUND_DOWN, Decimal
from urllib.parse import urlencode

import pytest

SEED = 20261128
CASES = 50

ACTIVITIES = ["production", "writing", "platform", "overseas", "ai", "services", "games"]
BASES = ["cost", "income", "investment", "rent"]
INSTRUMENTS = {
    "works": {"grant", "rebate"},
    "awards": {"reward"},
    "finance": {"loan-support", "equity-fund"},
    "premises": {"facility"},
    "people": {"visa", "work-permit", "settlement", "talent"},
    "abroad": {"expo-subsidy"},
    "ip": {"ip-incentive"},
}
GROUPS = ["fits", "might", "does-not", "ended"]
SCOPES = ["micro-drama", "includes", "general", ""]
LEVELS = ["district", "city", "province", "national", "abroad"]
PLACE_KINDS = {"region", "country", "province", "city", "district"}
ANSWERS = ["place_answer", "activity_answer", "need_answer", "open_answer"]


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def first_day(date):
    parts = [int(part) for part in date.split("-")]
    return datetime.date(*(parts + [1, 1])[:3])


def last_day(date):
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


class Rules:
    """The rules, over the rows of programs.csv and entities.csv."""

    def __init__(self, programs, entities, day):
        self.day = day
        self.programs = {row["id"]: row for row in programs}
        self.parents = {row["id"]: row["parent_id"] for row in entities if row["kind"] in PLACE_KINDS}
        self.packages = {row["package_id"] for row in programs if row["package_id"]}
        # Days from which each notice is replaced.
        self.replaced = {}
        for row in programs:
            for earlier in filter(None, row["supersedes"].split(";")):
                if row["status"] != "planned":
                    date = row["effective_from"] or row["announced_on"] or row["last_confirmed_on"]
                    since = first_day(date) if date else datetime.date.min
                    self.replaced.setdefault(earlier, []).append(since)

    def offered(self):
        """Programmes that offer support: measures stand for their package, and regulations offer nothing."""
        return [
            row
            for row in self.programs.values()
            if row["id"] not in self.packages and row["instrument"] != "regulation"
        ]

    def applies(self, jurisdiction, place):
        """What applies in a place applies in all places within it."""
        while place:
            if place == jurisdiction:
                return True
            place = self.parents.get(place, "")
        return False

    def open(self, row):
        since = self.replaced.get(row["id"], []) + self.replaced.get(row["package_id"], [])
        if since and min(since) <= self.day:
            return "not-met"
        expired = row["status"] == "expired"
        # What has expired without a stated term ended with its application window.
        end = row["effective_to"] or (row["applications_close"] if expired else "")
        if end and last_day(end) < self.day:
            return "not-met"
        begun = first_day(row["effective_from"]) <= self.day if row["effective_from"] else None
        announced = first_day(row["announced_on"]) <= self.day if row["announced_on"] else None
        closed = bool(row["applications_close"]) and last_day(row["applications_close"]) < self.day
        if begun:
            if expired and not end:
                return "not-met"
        elif announced is False or (begun is False and announced is None):
            # It is not announced yet.
            return "not-stated"
        elif begun is None:
            if expired:
                return "not-met"
            if row["status"] == "planned":
                return "not-stated"
        return "not-stated" if closed else "met"

    def answers(self, row, case):
        place = activity = need = ""
        if case["place"]:
            place = "met" if self.applies(row["jurisdiction"], case["place"]) else "not-met"
        if case["does"]:
            own = set(filter(None, row["activities"].split(";")))
            activity = "not-stated" if not own else "met" if own & set(case["does"]) else "not-met"
        if case["needs"]:
            wanted = set().union(*(INSTRUMENTS[need] for need in case["needs"]))
            if row["instrument"] in wanted:
                need = "met"
            else:
                need = "not-stated" if row["instrument"] == "other" else "not-met"
        return [place, activity, need, self.open(row)]

    @staticmethod
    def group(answers):
        if answers[3] == "not-met":
            return "ended"
        if "not-met" in answers:
            return "does-not"
        return "might" if "not-stated" in answers else "fits"

    @staticmethod
    def worked(row, case):
        """The most that is paid; None where nothing is worked out."""
        if case["amount"] is None or not row["rate_percent"] or row["rate_base"] != case["base"]:
            return None
        exact = case["amount"] * Decimal(row["rate_percent"]) / 100
        paid = [exact.quantize(Decimal("0.01"), rounding=ROUND_DOWN)]
        if row["max_amount_cny"] and row["amount_kind"] != "fund-pool":
            paid.append(Decimal(row["max_amount_cny"]))
        if row["max_per_year_cny"]:
            paid.append(Decimal(row["max_per_year_cny"]))
        return min(paid)

    def order(self, row, answers):
        announced = first_day(row["announced_on"]).toordinal() if row["announced_on"] else 0
        return (
            GROUPS.index(self.group(answers)),
            SCOPES.index(row["scope"]),
            answers[3] != "met",
            LEVELS.index(row["level"]),
            -announced,
            row["id"],
        )


def cases(places):
    """Draws the same cases every time, with at least one question in each."""
    draw = random.Random(SEED)
    drawn = []
    while len(drawn) < CASES:
        amount = None
        if draw.random() < 0.7:
            fen = draw.randrange(10 ** draw.randrange(3, 13))
            amount = Decimal(fen) / 100
        case = {
            "place": draw.choice(places) if draw.random() < 0.8 else "",
            "does": draw.sample(ACTIVITIES, draw.randrange(3)),
            "needs": draw.sample(sorted(INSTRUMENTS), draw.randrange(3)),
            "amount": amount,
            "base": draw.choice(BASES),
        }
        if case["place"] or case["does"] or case["needs"] or case["amount"] is not None:
            drawn.append(case)
    return drawn


def query_of(case):
    pairs = [("place", case["place"]), ("base", case["base"])]
    pairs += [("does", activity) for activity in case["does"]]
    pairs += [("needs", need) for need in case["needs"]]
    if case["amount"] is not None:
        pairs.append(("amount", f"{case['amount']:f}"))
    return urlencode([(name, value) for name, value in pairs if value])


@pytest.fixture(scope="module")
def data(get):
    return rows_of(get("/en/data/programs.csv")), rows_of(get("/en/data/entities.csv"))


@pytest.fixture(scope="module")
def day(get):
    row = rows_of(get("/en/programs/match/data.csv?needs=people&header=names"))[0]
    return datetime.date.fromisoformat(row["standing_on"])


@pytest.mark.parametrize("number", range(CASES))
def test_a_case_is_answered_as_the_dictionary_says(get, data, day, number):
    programs, entities = data
    rules = Rules(programs, entities, day)
    inhabited = {place for row in programs for place in (row["jurisdiction"], rules.parents.get(row["jurisdiction"], ""))}
    case = cases(sorted(inhabited - {""}))[number]
    found = rows_of(get(f"/en/programs/match/data.csv?header=names&{query_of(case)}"))
    judged = [(row, rules.answers(row, case)) for row in rules.offered()]
    judged.sort(key=lambda pair: rules.order(*pair))
    assert [row["id"] for row in found] == [row["id"] for row, _ in judged], case
    for shown, (row, answers) in zip(found, judged):
        assert shown["group"] == rules.group(answers), (case, row["id"])
        assert [shown[name] for name in ANSWERS] == answers, (case, row["id"])
        worked = rules.worked(row, case)
        amount = Decimal(shown["worked_amount"]) if shown["worked_amount"] else None
        assert amount == worked, (case, row["id"], shown["worked_formula"])
        asked = case["amount"] is not None and bool(row["rate_percent"])
        assert bool(shown["worked_formula"]) == asked, (case, row["id"])


def test_the_cases_reach_every_answer(data, day):
    programs, entities = data
    rules = Rules(programs, entities, day)
    places = sorted({row["jurisdiction"] for row in programs})
    drawn = cases(places)
    answers = {(at, answer) for case in drawn for row in rules.offered() for at, answer in enumerate(rules.answers(row, case))}
    assert len(answers) >= 11, answers
    worked = [rules.worked(row, case) for case in drawn for row in rules.offered()]
    assert sum(amount is not None for amount in worked) >= CASES
