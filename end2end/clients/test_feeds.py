"""Feed readers, calendars and oEmbed consumers find and read what pages advertise."""

import re
from html.parser import HTMLParser

import feedparser
import icalendar
import pytest


class Links(HTMLParser):
    """The links that a page's head advertises, and the frames in a piece of HTML."""

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


def test_calendars_are_read(get):
    calendar = icalendar.Calendar.from_ical(get("/zh/programs/dates.ics").content)
    events = calendar.walk("VEVENT")
    assert events and all(event["SUMMARY"] and event["UID"] for event in events)


@pytest.mark.parametrize(
    "page", ["/en/indicators/domestic-market-revenue", "/zh/subsidies?kind=paid", "/en/events?kind=policy"]
)
def test_oembed_makes_a_frame_of_a_link(get, site, page):
    (address,) = advertised(get, page, "application/json+oembed")
    answer = get(address, params={"maxwidth": 600}).json()
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
    # Nothing in the frame comes from anywhere else.
    for address in re.findall(r'(?:src|href)="(https?://[^"]+)"', framed.text):
        assert address.startswith(site), address
    picture = get(answer["thumbnail_url"])
    assert picture.headers["content-type"] == "image/png"
    other = get(address if address.startswith(site) else site + "/embed.js")
    assert other.status_code == 200
