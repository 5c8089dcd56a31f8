"""A published correction reaches mail readers, webhooks and WebSub subscribers: exactly the changed rows, once, even if the server is killed."""

import base64
import csv
import hashlib
import hmac
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
import requests
from aiosmtpd.controller import Controller

PROJECT = Path(__file__).resolve().parents[2]
INDICATOR, SECRET = "domestic-market-revenue", "a secret of the subscriber"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def eventually(what, found, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = found()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"timed out waiting for {what}")


class Mailbox:
    """Takes mail by SMTP; refuses one recipient for ever."""

    def __init__(self):
        self.messages = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"

    def to(self, address, subject):
        return [mail for tos, mail in list(self.messages) if address in tos and subject in mail["subject"]]


class Callback(BaseHTTPRequestHandler):
    """Confirms what it is asked, and keeps what it is sent."""

    kept = []

    def do_GET(self):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.answer(asked["hub.challenge"])
        self.kept.append(("verified", self.path, asked, None))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        asked = json.loads(body) if self.headers["content-type"] == "application/json" else {}
        self.answer(asked.get("challenge", "thanks"))
        self.kept.append(("challenged" if "challenge" in asked else "sent", self.path, dict(self.headers), body))

    def answer(self, text):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass

    @classmethod
    def all(cls, kind, path):
        return [one for one in list(cls.kept) if one[0] == kind and one[1].startswith(path)]


class Site:
    """A site of its own, with a private database."""

    def __init__(self, folder, smtp):
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.flags = [
            f"--state={folder / 'state'}", f"--port={self.port}", f"--public-url={self.address}", "--webhooks",
            f"--smtp-url=smtp://127.0.0.1:{smtp}", "--mail-from=Observatory <noreply@observatory.test>",
            "--contact=editors@observatory.test", "--allow-private-callbacks", "--requests-per-second=0",
        ]
        self.server = None

    def start(self):
        self.server = subprocess.Popen([os.environ["OBSERVATORY"], *self.flags], cwd=PROJECT, stdout=subprocess.DEVNULL)
        eventually("the site", self.is_ready, 120)

    def is_ready(self):
        try:
            return requests.get(f"{self.address}/readyz", timeout=2).ok
        except requests.ConnectionError:
            return False

    def kill(self):
        self.server.kill()
        self.server.wait()

    def stop(self):
        self.server.terminate()
        self.server.wait(timeout=60)

    def publish(self, data, note):
        command = [os.environ["OBSERVATORY"], "import", str(data), f"--state={self.folder / 'state'}", f"--note={note}"]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def sql(self, statement):
        socket_folder = self.folder / "state" / "postgres"
        command = [f"{os.environ['POSTGRES_BIN']}/psql", "-qAtX", "-h", socket_folder, "-U", "observatory", "-c", statement, "observatory"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def corrected(folder):
    """Copies the data set with one figure of an indicator corrected; returns the folder, and the old and new digits."""
    data = folder / "data"
    shutil.copytree(PROJECT / "data", data)
    path = data / "observations.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["indicator_id"] == INDICATOR and row["value"] and not row["value_high"])
    old, new = row["value"], str(float(row["value"]) * 1.25).rstrip("0").rstrip(".")
    row["value"] = new
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return data


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("subscriptions")
    for above in [folder, *folder.parents][:3]:
        above.chmod(0o755)
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    callbacks = ThreadingHTTPServer(("127.0.0.1", 0), Callback)
    threading.Thread(target=callbacks.serve_forever, daemon=True).start()
    site = Site(folder, controller.port)
    site.start()
    site.mailbox, site.callback = mailbox, f"http://127.0.0.1:{callbacks.server_port}"
    yield site
    site.stop()
    callbacks.shutdown()
    controller.stop()


def subscribe(site, **fields):
    answer = requests.post(f"{site.address}/en/follow", data={"page": f"indicators/{INDICATOR}", **fields}, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.text


def link(mail):
    return re.search(r"http://\S+token=\S+", mail.get_body(("plain",)).get_content())[0]


def test_changes_reach_every_subscriber_once(world):
    topic = f"{world.address}/en/indicators/{INDICATOR}/feed"
    for kind in ["atom", "json"]:
        form = {"hub.mode": "subscribe", "hub.topic": f"{topic}.{kind}", "hub.callback": f"{world.callback}/{kind}", "hub.secret": SECRET}
        assert requests.post(f"{world.address}/websub", data=form, timeout=30).status_code == 202
        ((_, _, asked, _),) = eventually("the verification", lambda: Callback.all("verified", f"/{kind}"))
        assert asked["hub.mode"] == "subscribe" and asked["hub.topic"] == f"{topic}.{kind}" and int(asked["hub.lease_seconds"]) > 0
    page = subscribe(world, callback=f"{world.callback}/hook")
    key = re.search(r"whsec_[A-Za-z0-9+/=]+", page)[0]
    eventually("the challenge", lambda: Callback.all("challenged", "/hook"))
    subscribe(world, address="reader@example.org", interval="daily")
    (mail,) = eventually("the confirmation", lambda: world.mailbox.to("reader@example.org", "confirm"))
    assert requests.post(link(mail), timeout=30).status_code == 200

    # The server dies as soon as the revision is published, and delivers when it is back.
    world.publish(corrected(world.folder), "Corrects a figure in a test")
    world.sql("update delivery.subscription set due_at = now()")
    world.kill()
    world.start()
    began = time.monotonic()
    for path in ["/atom", "/json", "/hook"]:
        eventually(path, lambda: Callback.all("sent", path), 15)
    assert time.monotonic() - began < 10
    eventually("the digest", lambda: world.mailbox.to("reader@example.org", "1 change"))
    time.sleep(3)

    ((_, _, headers, body),) = Callback.all("sent", "/atom")
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["x-hub-signature"] == f"sha256={signature}"
    assert f'<{topic}.atom>; rel="self"' in headers["link"] and f'<{world.address}/websub>; rel="hub"' in headers["link"]
    (entry,) = feedparser.parse(body).entries
    assert "→" in entry.content[0].value

    ((_, _, headers, body),) = Callback.all("sent", "/json")
    assert headers["content-type"] == "application/feed+json"
    (item,) = json.loads(body)["items"]
    assert item["id"] == entry.id and item["content_text"] == entry.content[0].value

    ((_, _, headers, body),) = Callback.all("sent", "/hook")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    secret = base64.b64decode(key.removeprefix("whsec_"))
    assert headers["webhook-signature"] == "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    sent = json.loads(body)
    assert sent["revision"] == 2 and [one["id"] for one in sent["feed"]["items"]] == [entry.id]

    (digest,) = world.mailbox.to("reader@example.org", "1 change")
    text = digest.get_body(("plain",)).get_content()
    assert entry.title in text and "→" in text
    assert "img" not in digest.get_body(("html",)).get_content()
    assert digest["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    leave = digest["list-unsubscribe"].strip("<>")
    answer = requests.post(leave, data={"List-Unsubscribe": "One-Click"}, timeout=30)
    assert answer.status_code == 200
    assert world.sql("select count(*) from delivery.subscription where channel = 'email'") == "0"


def test_the_feed_names_its_hub(world):
    feed = requests.get(f"{world.address}/en/programs/feed.atom", timeout=30)
    hubs = [link.href for link in feedparser.parse(feed.content).feed.links if link.rel == "hub"]
    assert hubs == [f"{world.address}/websub"]
    feed = requests.get(f"{world.address}/en/programs/feed.json", timeout=30).json()
    assert feed["hubs"] == [{"type": "WebSub", "url": f"{world.address}/websub"}]


def test_a_bounce_ends_a_subscription(world):
    subscribe(world, address="gone@example.org", interval="weekly")
    eventually("the end", lambda: world.sql("select count(*) from delivery.subscription where channel = 'email'") == "0")


def test_a_report_reaches_the_operator(world):
    form = {"page": f"indicators/{INDICATOR}", "row": "2024", "message": "The figure is\nwrong", "address": "reader@example.org"}
    assert requests.post(f"{world.address}/en/report", data=form, timeout=30).status_code == 200
    (mail,) = eventually("the report", lambda: world.mailbox.to("editors@observatory.test", "Error reported"))
    text = mail.get_body(("plain",)).get_content()
    assert f"{world.address}/en/indicators/{INDICATOR}" in text and "wrong" in text and mail["reply-to"] == "reader@example.org"
    assert world.sql("select count(*) from delivery.report") == "0"


def test_a_subscriber_ends_by_the_hub(world):
    topic = f"{world.address}/en/indicators/{INDICATOR}/feed.atom"
    form = {"hub.mode": "unsubscribe", "hub.topic": topic, "hub.callback": f"{world.callback}/atom"}
    assert requests.post(f"{world.address}/websub", data=form, timeout=30).status_code == 202
    left = "select count(*) from delivery.subscription where topic like '%feed.atom'"
    eventually("the end", lambda: world.sql(left) == "0")
    assert Callback.all("verified", "/atom")[-1][2]["hub.mode"] == "unsubscribe"
