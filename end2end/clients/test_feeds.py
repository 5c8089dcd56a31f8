"""Feed readers, calendars and oEmbed consumers can discover and read what pages advertise."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta
from html.parser import HTMLParser

import feedparser
import icalendar
import pytest


class Links(HTMLParser):
    """Collects the links in a page's head, and the frames in an HTML fragment."""

    def __init__(self):
        super().__init__()
        self.found, self.frames = [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "link":
            self.found.append(attributes)
        if tag == "iframe":
            self.frames.append(attributes)


def advertised(get, page, kind):
    links = Links()
    links.feed(get(page).text)
    return [link["href"] for link in links.found if link.get("type") == kind]


FOLLOWED = [
    "/en",
    "/en/events",
    "/zh/programs?place=shanghai&instrument=grant",
    "/zh/programs/pudong-10-package",
    "/en/organizations/crazy-maple-studio",
    "/en/indicators/domestic-market-revenue",
    "/zh/places/shanghai-pudong",
    "/en/sources/yicai-2025-12-08",
    "/en/deals",
]


@pytest.mark.parametrize("page", FOLLOWED)
def test_feeds_are_found_and_read(get, page):
    (feed,) = advertised(get, page, "application/atom+xml")
    read = feedparser.parse(get(feed).content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.entries and all(entry.link and entry.title and entry.updated_parsed for entry in read.entries)
    assert read.feed.updated_parsed == max(entry.updated_parsed for entry in read.entries)
    assert all(entry.published_parsed <= entry.updated_parsed for entry in read.entries)


@pytest.mark.parametrize("page", FOLLOWED)
def test_json_feeds_say_what_atom_says(get, page):
    (atom,) = advertised(get, page, "application/atom+xml")
    (feed,) = advertised(get, page, "application/feed+json")
    answer = get(feed)
    assert answer.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    read = answer.json()
    # https://www.jsonfeed.org/version/1.1/
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["title"] and read["home_page_url"].startswith("http")
    assert read["feed_url"] == get.address(feed)
    assert read["language"] in ("en", "zh-Hans") and read["authors"][0]["name"]
    names = {"id", "url", "external_url", "title", "content_text", "date_published", "date_modified", "tags"}
    for item in read["items"]:
        own = {name for name in item if not name.startswith("_")}
        assert own <= names and {"id", "url", "content_text"} <= own
        assert all(isinstance(item[name], str) for name in own - {"tags"})
        assert item["_observatory"]["revision"] >= 1
        moment = datetime.fromisoformat(item["date_modified"])
        assert moment.tzinfo and datetime.fromisoformat(item["date_published"]) <= moment
    entries = feedparser.parse(get(atom).content).entries
    assert [item["id"] for item in read["items"]] == [entry.id for entry in entries]
    assert [item["title"] for item in read["items"]] == [entry.title for entry in entries]


def test_corrections_and_revisions_are_feeds(get):
    corrections = feedparser.parse(get("/en/changes/feed.atom?kind=corrected").content)
    assert not corrections.bozo and corrections.version == "atom10"
    revisions = feedparser.parse(get("/zh/data/revisions/feed.atom").content)
    assert revisions.entries[-1].id.endswith("/data/revisions/1")


def test_a_feed_reader_that_has_it_is_told_so(get):
    first = feedparser.parse(get.address("/en/feed.atom"))
    again = feedparser.parse(get.address("/en/feed.atom"), etag=first.etag)
    assert first.status == 200 and again.status == 304


def test_calendars_are_read(get):
    calendar = icalendar.Calendar.from_ical(get("/zh/programs/dates.ics").content)
    assert str(calendar["X-WR-CALNAME"]) and calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    events = calendar.walk("VEVENT")
    assert events and len({event["UID"] for event in events}) == len(events)
    for event in events:
        assert event["SUMMARY"] and event["TRANSP"] == "TRANSPARENT"
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt and event["SEQUENCE"] >= 0


def test_calendars_remind_on_request(get):
    path = "/en/programs/dates.ics?place=shanghai"
    plain = icalendar.Calendar.from_ical(get(path).content)
    calendar = icalendar.Calendar.from_ical(get(path + "&alarm=7").content)
    assert not list(plain.walk("VALARM"))
    events = calendar.walk("VEVENT")
    assert len(events) == len(plain.walk("VEVENT")) > 0
    for event in events:
        alarms = event.walk("VALARM")
        assert len(alarms) == (0 if "-announced@" in event["UID"] else 1)
        for alarm in alarms:
            assert alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"] == event["SUMMARY"]
            assert alarm["TRIGGER"].dt == timedelta(days=-7)
    assert get(path + "&alarm=7").content == get(path + "&alarm=7").content


def test_lines_of_calendars_are_folded(get):
    for path in ("/zh/programs/dates.ics", "/en/programs/dates.ics", "/zh/programs/dates.ics?alarm=3"):
        content = get(path).content
        assert max(map(len, content.split(b"\r\n"))) <= 75
        assert b"\n" not in content.replace(b"\r\n", b"")
        for line in content.split(b"\r\n"):
            line.decode("utf-8")


@pytest.mark.parametrize(
    "page", ["/en/indicators/domestic-market-revenue", "/zh/subsidies?kind=paid", "/en/events?kind=policy"]
)
def test_oembed_makes_a_frame_of_a_link(get, site, page):
    (address,) = advertised(get, page, "application/json+oembed")
    assert address.startswith(site), "discovery is absolute"
    # Parameters appended by WordPress.
    added = {"maxwidth": 600, "maxheight": 900, "dnt": 1}
    answer = get(address, params={**added, "format": "json"}).json()
    assert answer["version"] == "1.0" and answer["type"] == "rich"
    assert answer["width"] <= 600
    frames = Links()
    frames.feed(answer["html"])
    (frame,) = frames.frames
    assert frame["title"]
    framed = get(frame["src"])
    assert "x-frame-options" not in framed.headers
    assert "frame-ancestors *" in framed.headers["content-security-policy"]
    assert "set-cookie" not in framed.headers
    # The frame loads nothing from other origins.
    for address in re.findall(r'(?:src|href)="(https?://[^"]+)"', framed.text):
        assert address.startswith(site), address
    (address,) = advertised(get, page, "text/xml+oembed")
    written = ElementTree.fromstring(get(address, params=added).content)
    assert {one.tag: one.text for one in written} == {name: str(value) for name, value in answer.items()}
    picture = get(answer["thumbnail_url"])
    assert picture.headers["content-type"] == "image/png"
    other = get(address if address.startswith(site) else site + "/embed.js")
    assert other.status_code == 200
