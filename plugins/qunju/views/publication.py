"""Who and what may be shown: the public part of a proposal, cut out by the visibility that the schemas state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qunju.model.cluster import Cluster, build
from qunju.model.member import Consent, Member
from qunju.model.record import File
from qunju.schema.annotation import EACH, Json, children_of
from qunju.schema.form import FILES, MEMBER, Form

PUBLIC = "public"
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Publication:
    """A cluster as the public may see it.

    `public` holds public properties alone, so that nothing else can reach a page by mistake. `members` are the
    companies that consented to publicity; the rest are a number.
    """

    public: Cluster
    members: tuple[Member, ...]
    other_members: int
    draft: bool


def may_be_shown(cluster: Cluster, *, drafts: bool) -> bool:
    """Tell whether a cluster has pages: published and past draft, or anything at all while it is being written."""
    return drafts or (cluster.profile.publish is True and cluster.profile.stage != DRAFT)


def publish(cluster: Cluster, form: Form) -> Publication:
    """Return the public part of a cluster."""
    public = build(cluster.id, _public_files(cluster, form), cluster.media)
    consenting = [member.id for member in cluster.members_now if _consents(member)]
    shown = tuple(public.all_members[name] for name in consenting)
    return Publication(public, shown, len(cluster.members_now) - len(shown), cluster.profile.stage == DRAFT)


def _consents(member: Member) -> bool:
    return member.maybe(Member.consent) is not None and member.consent.maybe(Consent.publicity) is True


def _public_files(cluster: Cluster, form: Form) -> dict[str, tuple[File, ...]]:
    return {
        kind: tuple(_public_file(file, form.committed[kind].json) for file in cluster.files_of(kind))
        for kind in (*FILES, MEMBER)
    }


def _public_file(file: File, schema: Json) -> File:
    return File(file.path, None, _public_values(file.values, schema, schema) or {}, file.sound, private_loaded=False)


def _public_values(value: Any, schema: Json, root: Json) -> Any:
    """Return what is public of a value, or None; a property without a mark is public only through what it holds."""
    if "x-visibility" in schema:
        return value if schema["x-visibility"] == PUBLIC else None
    if isinstance(value, Mapping):
        return dict(_public_items(value, schema, root))
    if isinstance(value, list):
        items = dict(children_of(schema, root)).get(EACH)
        return [_public_values(item, items, root) for item in value] if items is not None else []
    return None


def _public_items(values: Mapping[str, Any], schema: Json, root: Json) -> Iterator[tuple[str, Any]]:
    children = dict(children_of(schema, root))
    for name, value in values.items():
        child = children.get(name, children.get(EACH))
        public = None if child is None else _public_values(value, child, root)
        if public is not None:
            yield name, public
