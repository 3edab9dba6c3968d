"""What reaches the log carries no personal data, whoever wrote it."""

import io
import json
import logging

import pytest

from config.logs import Clean, CleanJson, without_personal_data
from config.requests import current_id

PERSONAL = {
    "identity": ("11010519491231002X", "number 11010519491231002X refused"),
    "phone": ("13812345678", "call 13812345678 back"),
    "mail": ("zhang@example.com", "mail to zhang@example.com bounced"),
    "row": ("张三", "duplicate key\nDETAIL:  Key (name)=(张三) already exists."),
    "query": ("张三", "GET /search?q=张三 404"),
}


@pytest.mark.parametrize(("value", "text"), PERSONAL.values(), ids=PERSONAL)
def test_personal_data_is_cut_out(value, text):
    assert value not in without_personal_data(text)


@pytest.mark.parametrize("text", ["91150700MA0N12345X", "case 1a2b3c4d", "took 1234567890 ns"])
def test_codes_and_keys_stay(text):
    assert without_personal_data(text) == text


def test_a_line_is_json_with_the_number_of_its_request():
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(Clean())
    handler.setFormatter(CleanJson("%(levelname)s %(message)s %(request_id)s"))
    logger = logging.getLogger("xinfu.test")
    logger.propagate = False
    logger.addHandler(handler)
    token = current_id.set("abc")
    try:
        raise ValueError("of zhang@example.com")
    except ValueError:
        logger.exception("failed for %s", "13812345678")
    finally:
        current_id.reset(token)

    line = json.loads(out.getvalue())
    assert (line["message"], line["request_id"]) == ("failed for [phone]", "abc")
    assert "zhang" not in out.getvalue()
