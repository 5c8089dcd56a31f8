"""Fixtures: HTTP access to the site under test, for third-party clients."""

import os

import pytest
import requests


@pytest.fixture(scope="session")
def site():
    """Returns the address of the running site, without a trailing slash."""
    return os.environ["BASE_URL"].rstrip("/")


@pytest.fixture(scope="session")
def get(site):
    """Fetches a path and asserts that the status is 200."""
    session = requests.Session()

    def address(path):
        return path if path.startswith("http") else site + path

    def fetch(path, **options):
        answer = session.get(address(path), timeout=60, **options)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer

    fetch.address = address
    return fetch
