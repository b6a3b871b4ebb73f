"""Recognizes files that guidekit wrote: only such a one, or an empty file, gives way to a new output."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from guidekit.text.guid import GUID

_HEAD = 65_536  # characters; a message may be long before the key that tells
_SITE = r"https://guidekit\.github\.io/guidekit/"
_STRING = r'"(?:[^"\\]|\\.)*+"'
_FINDING = r"[^\n]*?:\d+:\d+: (?:error|warning|suggestion) \[[a-z0-9-]+\] "
_REPORT = r"(?:Coverage|Freshness|Owners|Usage)"

_BEGINNINGS = {
    "report as JSON": r'\{\s*"diagnostics":\s*\[',
    "report as JSON lines": r'\{"code": ?"[a-z0-9-]+", ?"severity":',
    "report for code scanning": rf'\{{\s*"\$schema":\s*{_STRING},\s*"version":\s*{_STRING},\s*"runs":\s*\[\s*\{{\s*"tool":'
    r'\s*\{\s*"driver":\s*\{\s*"name":\s*"guidekit"',
    "report for GitLab": rf'\[\s*(?:\]|\{{\s*"description":\s*{_STRING},\s*"check_name":)',
    "report for reviewdog": r'\{\s*"source":\s*\{\s*"name":\s*"guidekit"',
    "report for JUnit": r'<\?xml [^\n>]*+>\s*<testsuites name="guidekit"',
    "report for people": _FINDING,
    "report for GitHub": r"::(?:error|warning|notice) (?:file=[^\n]*,)?title=guidekit",
    "report for Azure Pipelines": r"##vso\[task\.logissue [^\n]*code=",
    "report as a table": r"## guidekit\n",
    "report as an issue": r"Checked \d[\w, ]*+: [\w,() -]*+\.\n",
    "baseline": r'\{\s*"format":\s*"guidekit-baseline"',
    "schema": rf'\{{\s*"\$schema":\s*{_STRING},\s*"\$id":\s*"{_SITE}',
    "catalogue": rf'\{{\s*"\$schema":\s*"(?:{_SITE})?[^"\n]*catalogue\.schema\.json"',
    "catalogue for the Azure review checklists": r'\{\s*"\$schema":\s*"[^"\n]*/review-checklists/[^"\n]*",\s*"items":',
    "catalogue as CSV": r'"?Guide"?[,;]"?Item"?[,;]"?Severity"?[,;]"?Status"?[,;]',
    "catalogue as tasks": r"# \[[^\n]*\n(?:\n[^\n]+\n)?\n(?:- \[[ xX]\] \[[^\n]*#" + GUID + r"\) \(|\Z)",
    "content report as text": rf"{_REPORT} as of \d{{4}}-\d\d-\d\d\n",
    "content report as CSV": r'"(?:page","statement|path","kind|owner","pages|fragment","pages)"',
    "content report as JSON": r'\{\s*"schemaVersion":\s*\d+,\s*"report":\s*"',
    "content report as Markdown": rf"# {_REPORT}\n\n[^\n]* As of \d{{4}}-\d\d-\d\d\.\n",
    "graph as JSON": r'\{\s*"schemaVersion":\s*\d+,\s*"nodes":',
    "graph for Mermaid": r'flowchart LR\n  n0[\[(]"',
    "graph for Graphviz": r"digraph guidekit \{\n  rankdir=LR;\n",
}
"""How each of our outputs begins, in whatever way its white space was changed since."""

_OURS = re.compile("|".join(f"(?:{beginning})" for beginning in _BEGINNINGS.values()))
_SHEET = b'name="Checklist"'


def is_output(data: bytes) -> bool:
    """Did guidekit write this file, or is there nothing in it?"""
    if data.startswith(b"PK"):
        return _is_workbook(data)
    text = data[: 4 * _HEAD].decode("utf-8-sig", "replace")[:_HEAD].replace("\r\n", "\n").lstrip()
    return not text or _OURS.match(text) is not None


def _is_workbook(data: bytes) -> bool:
    """Does a workbook have the one sheet that ours have, also after a person filled it in?"""
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open("xl/workbook.xml") as workbook:
            return _SHEET in workbook.read(_HEAD)
    except (BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError):
        return False
