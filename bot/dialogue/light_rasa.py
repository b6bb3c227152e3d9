"""Let Rasa be imported without the libraries that our model never uses.

Importing Rasa's agent brings in TensorFlow, Keras, eleven chat connectors and four databases: 570 MB and up to twenty
seconds, in every worker and at every start. Our pipeline is linear and our tracker store is in memory, so none of them
is ever called. `install` puts inert stand-ins in their place *before* Rasa is imported; they can be named, subclassed
and used as decorators while modules load, and after `seal` every attempt to call one raises `AbsentLibraryError`.
A process that needs the real libraries (the benchmark's default pipeline) simply does not call `install`.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

LEARNING = ("tensorflow", "tensorflow_hub", "keras", "tensorboard")
"""Deep learning: only DIET, TED and their kin call it."""
CONNECTORS = (
    "twilio",
    "slack_sdk",
    "aiogram",
    "rocketchat_API",
    "mattermostwrapper",
    "fbmessenger",
    "webexteamssdk",
    "socketio",
    "questionary",
    "prompt_toolkit",
)
"""Chat connectors and the interactive shell: our channels do that work."""
STORES = (
    "pymongo",
    "boto3",
    "botocore",
    "redis",
    "portalocker",
    "sqlalchemy",
    "aio_pika",
    "confluent_kafka",
    "apscheduler",
)
"""Tracker stores, lock stores, event brokers and the reminder scheduler: a worker keeps nothing between turns."""
SERVER = ("sanic", "sanic_cors", "sanic_jwt", "sanic_routing", "matplotlib", "pydot", "sentry_sdk", "dask")
"""Rasa's own web server, plots, crash reports and graph scheduler (we run the graph with bot/dialogue/runner.py)."""
ESTIMATORS = ("sklearn", "sklearn_crfsuite")
"""Needed to train our classifier, not to use it."""

SERVING = LEARNING + CONNECTORS + STORES + SERVER + ESTIMATORS
TRAINING = LEARNING + CONNECTORS + STORES + SERVER

_sealed = False


class AbsentLibraryError(RuntimeError):
    """Something called a library that this process left out on purpose."""


class _Inert(type):
    """Metaclass of the stand-ins: every attribute is a stand-in, every call during import gives one."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if "_stand_in" not in cls.__dict__:
            return super().__call__(*args, **kwargs)
        if _sealed:
            raise AbsentLibraryError(
                f"{cls.__qualname__} was called, but this process runs without that library"
                " (bot/dialogue/light_rasa.py). Use a pipeline that does not need it, or take it off the list there."
            )
        if len(args) == 1 and not kwargs and isinstance(args[0], (type, types.FunctionType)):
            return args[0]  # a decorator
        return cls

    def __or__(cls, other: Any) -> Any:
        return cls

    def __ror__(cls, other: Any) -> Any:
        return cls

    def __iter__(cls) -> Any:
        return iter(())


def _stand_in(name: str) -> type:
    short = name.rsplit(".", 1)[-1]
    if short.endswith(("Error", "Exception", "Timeout")):
        # It may stand in an `except` clause, which takes nothing but exceptions.
        return type(short, (Exception,), {})
    inert = _Inert(short, (), {"_stand_in": True, "__class_getitem__": classmethod(lambda cls, item: cls)})
    inert.__qualname__ = name
    return inert


class _InertModule(types.ModuleType):
    """A module of which every name is a stand-in."""

    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name == "__version__":
            return "0"
        if name.startswith("__"):
            raise AttributeError(name)
        value = _stand_in(f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of the absent libraries, and no other."""

    def __init__(self, absent: Sequence[str]) -> None:
        self.absent = frozenset(absent)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] in self.absent:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


def install(absent: Sequence[str] = SERVING) -> None:
    """Put stand-ins in place of `absent`, before anything imports Rasa. Raises RuntimeError if that is too late."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    if "rasa" in sys.modules:
        raise RuntimeError("light_rasa.install() must run before Rasa is imported; call it first thing.")
    # What something else has already loaded for real stays real: two halves of one library would not fit.
    sys.meta_path.insert(0, _Finder([name for name in absent if name not in sys.modules]))


def seal() -> None:
    """From now on calling a stand-in raises AbsentLibraryError. Call it when Rasa is imported and the model loaded."""
    global _sealed
    _sealed = True
