"""Public names are listed in `__all__`, and every public function shows how it is called."""

import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest

import ipgtools as ipg

MODULES = sorted(ipg._MODULES)
INSIDE_A_RUN = {"briefing.busy_hours", "briefing.compose"}
"""They take what only a run makes; `briefing.save` and `add` are what people call."""


def functions() -> dict[str, Callable[..., Any]]:
    """Collect the public functions of every module that `ipgtools.pyi` names, each once."""
    found: dict[str, Callable[..., Any]] = {}
    for name in MODULES:
        module = importlib.import_module(f"ipgtools.{name}")
        for one in module.__all__:
            function = getattr(module, one)
            ours = inspect.isfunction(function) and function.__module__.startswith("ipgtools")
            if ours and function not in found.values():
                found[f"{name}.{one}"] = function
    return found


FUNCTIONS = functions()


@pytest.mark.parametrize("name", MODULES)
def test_a_module_lists_what_is_public_and_has_it(name: str) -> None:
    module = importlib.import_module(f"ipgtools.{name}")
    assert len(set(module.__all__)) == len(module.__all__)
    assert [one for one in module.__all__ if not hasattr(module, one)] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_has_an_example(name: str) -> None:
    """The examples run with the other doctests, but for those of a whole briefing."""
    text = inspect.getdoc(FUNCTIONS[name]) or ""
    assert ">>>" in text or name in INSIDE_A_RUN


def test_names_that_are_loaded_when_first_used_are_functions_and_classes_that_exist() -> None:
    for name, home in ipg._NAMES.items():
        assert name in importlib.import_module(f"ipgtools.{home}").__all__
