"""Records for tests, without any file on disk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qunju.model.cluster import Cluster, build
from qunju.model.member import Member
from qunju.model.record import File

FOLDER = "proposals/111/slow-valley"


def file(name: str, values: Mapping[str, Any], *, sound: bool = True, private: bool = False) -> File:
    return File(f"{FOLDER}/{name}.yml", f"{FOLDER}/private/{name}.yml", values, sound=sound, private_loaded=private)


def member(**values: Any) -> Member:
    return Member(file("members/one", values), key="one")


def cluster(members: Mapping[str, Mapping[str, Any]], **files: Mapping[str, Any]) -> Cluster:
    written = {kind: (file(kind, values),) for kind, values in files.items()}
    companies = tuple(file(f"members/{name}", values) for name, values in members.items())
    return build("111/slow-valley", {"member": companies, **written}, frozenset())
