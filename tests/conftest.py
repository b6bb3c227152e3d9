"""What every test shares: where the data to measure with lies, and that nothing is skipped unseen in CI."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
NEEDS_SHARED = "needs the shared data folder"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data to measure with; the test is skipped where it is absent."""
    folder = Path(os.environ.get("FAXIAN_SHARED", REPO.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{NEEDS_SHARED}: set FAXIAN_SHARED, or put it beside the checkout")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skip is a failure, save for what needs the shared data."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and NEEDS_SHARED not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where everything must run: {report.longrepr}"
    return report
