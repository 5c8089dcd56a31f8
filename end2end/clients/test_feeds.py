"""Feed readers, calendars and oEmbed consumers can discover and read what pages advertise."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import timedelta
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


@pytest.mark.parametrize("page", ["/en/events", "/zh/programs/pudong-10-package", "/en/organizations/crazy-maple-studio"])
def test_feeds_are_found_and_read(get, page):
    (feed,) = advertised(get, page, "application/atom+xml")
    read = feedparser.parse(get(feed).content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.entries and all(entry.link and entry.title and entry.updated_parsed for entry in read.entries)
    assert read.feed.updated_parsed == max(entry.updated_parsed for entry in read.entries)
    assert all(entry.published_parsed <= entry.updated_parsed for entry in read.entries)


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


def test_lines_of_calendars_are_folded(get):
    for path in ("/zh/programs/dates.ics", "/en/programs/dates.ics"):
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
