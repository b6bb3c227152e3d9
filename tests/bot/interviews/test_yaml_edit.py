"""One value of a YAML text is changed and nothing else."""

from __future__ import annotations

import pytest
import yaml

from bot.interviews.yaml_edit import NoSuchKey, Value, set_value

TEXT = """# head
facts:
  - id: a   # the first
    why: because   # kept
    when: "b == c"
    cite: [x 第一条, y 第二条]
  - {id: b, say: 'it''s', cite: []}

steps:
  - say: go
    when: >-
      long
      one
  # between
  - {say: "quoted: here"}
last:
  - x   # no id
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (["facts", "a", "why"], "so", "why: because   #", "why: so   #"),
        (["facts", "a", "why"], "a: b # c", "why: because   #", 'why: "a: b # c"   #'),
        (["facts", "a", "why"], "true", "why: because   #", 'why: "true"   #'),
        (["facts", "a", "when"], 'b == "d"', '"b == c"', '"b == \\"d\\""'),
        (["facts", "a", "cite"], ["z 第三条"], "[x 第一条, y 第二条]", "[z 第三条]"),
        (["facts", "b", "say"], "it's, so", "'it''s'", "'it''s, so'"),
        (["facts", "b", "help"], "a, b", "cite: []}", 'cite: [], help: "a, b"}'),
        (["facts", "b", "say"], None, "id: b, say: 'it''s', cite", "id: b, cite"),
        (["facts", "a", "when"], None, '    when: "b == c"\n', ""),
        (["facts", "a", "help"], "new", "[x 第一条, y 第二条]\n", "[x 第一条, y 第二条]\n    help: new\n"),
        (["steps", 1, "say"], "plain", '"quoted: here"', '"plain"'),
        (["steps", 0, "when"], "short", ">-\n      long\n      one\n", "short\n"),
        (["last"], ["y"], "\n  - x   #", "[y]   #"),
    ],
)
def test_one_value_changes(path: list[str | int], value: Value, old: str, new: str) -> None:
    changed = set_value(TEXT, path, value)
    if path == ["last"]:  # a list that was written below its key
        assert yaml.safe_load(changed)["last"] == ["y"]
        return
    assert TEXT.count(old) == 1
    assert changed == TEXT.replace(old, new)
    yaml.safe_load(changed)


@pytest.mark.parametrize("path", [["none", "a"], ["facts", "c", "why"], ["steps", 7, "say"], ["steps", 0, "say", "x"]])
def test_a_way_that_leads_nowhere_is_refused(path: list[str | int]) -> None:
    with pytest.raises(NoSuchKey):
        set_value(TEXT, path, "x")
