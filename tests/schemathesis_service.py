"""Lets Schemathesis reach what the webhook service has, beside the hooks that every server gets.

Half of the requests are for a webhook that is there, and four hours go by before each, so that there is always
room for another secret.
"""

import itertools
import os
import pathlib

import schemathesis
import schemathesis_hooks  # noqa: F401, the hooks register themselves

WEBHOOK = os.environ["WEBHOOK"]
CLOCK = pathlib.Path(os.environ["WEBHOOK_SERVICE_CLOCK_FILE"])
STATUSES = pathlib.Path(os.environ["STATUSES"])

calls = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes every other request one for the webhook, and lets time go by."""
    later = CLOCK.with_suffix(".new")
    later.write_text(str(int(CLOCK.read_text()) + 4 * 60 * 60))
    later.replace(CLOCK)
    if next(calls) % 2 and case.path_parameters:
        case.path_parameters["id"] = WEBHOOK


@schemathesis.hook
def after_call(context, case, response):
    """Notes what was answered, for the script to see that there was some of everything."""
    with STATUSES.open("a") as file:
        print(response.status_code, file=file)
