"""Pages whose export files are tested, some with filters."""

PAGES = [
    "/en",
    "/en/indicators",
    "/en/indicators/domestic-market-revenue",
    "/zh/indicators/domestic-market-revenue?rows=all",
    "/zh/indicators/app-iap-revenue",
    "/en/programs?place=shanghai&sort=place",
    "/zh/programs/pudong-10-package",
    "/en/programs/compare",
    "/zh/subsidies?kind=paid",
    "/en/organizations?pudong=overseas-hq-signed",
    "/zh/organizations/crazy-maple-studio",
    "/en/events?kind=policy",
    "/en/places",
    "/zh/places/shanghai-pudong",
    "/en/sources?official=yes",
    "/en/sources/yicai-2025-12-08",
]


def beside(page, file, **parameters):
    """Returns the address of an export file of a page."""
    path, _, query = page.partition("?")
    more = "&".join(f"{name}={value}" for name, value in parameters.items())
    query = "&".join(part for part in (query, more) if part)
    return f"{path}/{file}" + (f"?{query}" if query else "")
