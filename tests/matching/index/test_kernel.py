"""The compiled loops: there where a compiler is, and gone where they are switched off. What they count is held to the plain way
in test_searching."""

import os
import shutil
from unittest.mock import patch

import pytest

from tsukitome.matching.index import kernel


def test_an_installation_has_them_where_there_is_a_compiler() -> None:
    if not shutil.which(os.environ.get("CC") or "cc") or os.environ.get("TSUKITOME_PLAIN"):
        pytest.skip("no C compiler, or none wanted")
    assert kernel.is_there()


def test_they_can_be_switched_off() -> None:
    with patch.dict(os.environ, {"TSUKITOME_PLAIN": "1"}):
        assert kernel.library.__wrapped__() is None
