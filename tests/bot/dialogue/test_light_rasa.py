"""Stand-ins let Rasa load, stay away from libraries in use, and refuse to be called afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[3]


def run(code: str) -> str:
    """Output of `code` in a fresh interpreter: what is imported there must not disturb these tests."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=REPO, capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout.strip()


def test_rasa_loads_without_tensorflow() -> None:
    code = """
from bot.dialogue import light_rasa
light_rasa.install()
import rasa.core.processor, sys
print(any(getattr(module, '__file__', None) for name, module in sys.modules.items() if name.startswith('tensorflow')))
"""
    assert run(code) == "False"


def test_a_sealed_stand_in_refuses_to_be_called() -> None:
    code = """
from bot.dialogue import light_rasa
light_rasa.install()
import tensorflow as tf
class Layer(tf.keras.layers.Layer): pass
before = tf.constant([1])
light_rasa.seal()
try:
    tf.constant([1])
except light_rasa.AbsentLibraryError as error:
    print('constant' in str(error))
"""
    assert run(code) == "True"


def test_what_is_loaded_for_real_stays_real() -> None:
    code = """
import sqlalchemy
from bot.dialogue import light_rasa
light_rasa.install()
import sqlalchemy.orm
print(bool(sqlalchemy.orm.__file__))
"""
    assert run(code) == "True"


def test_too_late_is_an_error() -> None:
    code = """
import sys, types
sys.modules['rasa'] = types.ModuleType('rasa')
from bot.dialogue import light_rasa
try:
    light_rasa.install()
except RuntimeError as error:
    print('before Rasa' in str(error))
"""
    assert run(code) == "True"


def test_the_gateway_never_imports_rasa() -> None:
    code = """
import bot.dialogue.pool, sys
print([name for name in sys.modules if name.partition('.')[0] in ('rasa', 'rasa_sdk', 'jieba', 'spacy', 'numpy')])
"""
    assert run(code) == "[]"
