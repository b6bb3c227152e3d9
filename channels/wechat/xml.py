"""The XML of callbacks, read as something that anybody may have written, and written so that nothing breaks out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST = 64 * 1024
"""Bytes of a callback; the longest message of a citizen has 2,048 bytes of text."""
_MOST = 400
"""Elements."""
_DEPTH = 5
# What XML 1.0 cannot hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Fields = Mapping[str, Any]
"""Name of each element → its text, or its own fields, or a list where a name comes more than once."""


class BadXml(ValueError):
    """Not what the provider sends; says nothing of what it is."""


def read_xml(body: bytes | str) -> dict[str, Any]:
    """The fields below the root. Raises BadXml: too long, not UTF-8, no XML, with a DTD or entities, too deep."""
    try:
        text = body if isinstance(body, str) else body.decode("utf-8")
        if len(text) > LARGEST:
            raise BadXml
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise BadXml("not the XML of a callback") from None
    if sum(1 for _ in root.iter()) > _MOST:
        raise BadXml("too many elements")
    found = _fields(root, _DEPTH)
    if not isinstance(found, dict):
        raise BadXml("no fields")
    return found


def _fields(element: Element, depth: int) -> dict[str, Any] | str:
    if not depth:
        raise BadXml("too deep")
    if not len(element):
        return element.text or ""
    found: dict[str, Any] = {}
    for child in element:
        value = _fields(child, depth - 1)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found


def write_xml(fields: Mapping[str, str | int]) -> str:
    """A flat document; whole numbers stand bare, all else in CDATA."""
    rows = (f"<{name}>{value if isinstance(value, int) else cdata(value)}</{name}>" for name, value in fields.items())
    return f"<xml>{''.join(rows)}</xml>"


def cdata(text: str) -> str:
    """`text` as CDATA, also where it ends one itself; what XML cannot hold is left out."""
    inside = _FORBIDDEN.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{inside}]]>"
