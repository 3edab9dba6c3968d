"""The statute book of this house: every ``law/*.toml`` of every process, read once."""

from importlib import resources
from importlib.resources.abc import Traversable

from workflow.law import Statutes


def _files() -> list[Traversable]:
    packages = sorted(resources.files("processes").iterdir(), key=lambda each: each.name)
    folders = [each.joinpath("law") for each in packages if each.joinpath("law").is_dir()]
    return [
        file
        for folder in folders
        for file in sorted(folder.iterdir(), key=lambda each: each.name)
        if file.name.endswith(".toml")
    ]


STATUTES = Statutes.read(_files())
