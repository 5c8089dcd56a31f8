"""The site under test, as other people's programs reach it."""

import os

import pytest
import requests


@pytest.fixture(scope="session")
def site():
    """The address of the running site, without a slash at its end."""
    return os.environ["BASE_URL"].rstrip("/")


@pytest.fixture(scope="session")
def get(site):
    """Fetches a path and insists on an answer."""
    session = requests.Session()

    def address(path):
        return path if path.startswith("http") else site + path

    def fetch(path, **options):
        answer = session.get(address(path), timeout=60, **options)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer

    fetch.address = address
    return fetch
