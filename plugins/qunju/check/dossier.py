"""One proposal from folder to model: its files read, checked for form, and put together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qunju.check.exposure import exposures, hushed
from qunju.check.location import Located, Location
from qunju.check.snapshot import PROGRESS, digest
from qunju.model.cluster import Cluster, build
from qunju.model.progress import Submission
from qunju.model.record import File
from qunju.regulation.verdict import Level, Reason, Status, Verdict
from qunju.schema import wording
from qunju.schema.finding import FormFinding
from qunju.schema.form import FILES, MEMBER, PRIVATE_FILES, FileSchema, Form
from qunju.schema.references import FILE_PATH, Files, check_references, check_twin
from qunju.schema.validate import validate
from qunju.source.fault import Fault, Unreadable
from qunju.source.folder import Entry, Folder, Names, open_folder
from qunju.source.reader import read
from qunju.source.text import load

NAMES = Names(single=FILES, each=MEMBER, private=PRIVATE_FILES)
EXTERNAL_LECTURER = "external"


@dataclass(slots=True)
class Dossier:
    """A proposal as read: its model, and what is wrong with the form of its files."""

    folder: Folder
    cluster: Cluster
    faults: list[Located]
    findings: list[Verdict]


@dataclass(slots=True)
class Document:
    """One file's values while the others are still being read."""

    entry: Entry
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    findings: list[FormFinding] = field(default_factory=list)
    dangling: list[FormFinding] = field(default_factory=list)
    text: str | None = None

    @property
    def sound(self) -> bool:
        """Whether the file can be judged by; a name that nothing has leaves the rest of it as true as it was."""
        return not self.faults and not self.findings


def open_dossier(
    root: Path,
    year: str,
    slug: str,
    form: Form,
    vocabulary: Mapping[str, Collection[str]],
    *,
    stage: str | None,
    private: bool,
    digested: bool = True,
    tracked: Collection[str] = (),
) -> Dossier:
    """Read one proposal, to be judged at its own stage or at the one given.

    `vocabulary` holds the identifiers that the programme year knows, by kind; `digested` asks for the digest of what
    was handed in, even where there is none to compare it with; `tracked` are the proposal's files under
    private/ that git tracks.
    """
    folder = open_folder(root, year, slug, NAMES, private=private)
    _refuse_orphans(folder)
    documents = [read_document(root, entry, form) for entry in folder.entries]
    known = {**vocabulary, **_identifiers(documents)}
    named = Files(folder.media | folder.refused, folder.evidence if private else None)
    for document in [document for document in documents if document.sound]:
        schema = form.schema(document.entry.name, private=document.entry.private)
        references = check_references(document.values, document.entry.path, schema, form, known=known, files=named)
        document.dangling.extend(references)
        document.findings.extend(_strangers(document, documents, schema))
    texts = {document.entry.path: document.text for document in documents if document.text is not None}
    exposed = exposures(root, folder, tracked, texts)
    _hush(documents, {exposure.place.path for exposure in exposed})
    files = merge_files(documents, folder, private=private)
    snapshot = _snapshot(root, folder, documents, form, digested=digested)
    cluster = build(folder.id, files, frozenset(folder.media), stage, exposed, snapshot=snapshot)
    faults = [_fault(path, fault) for path, fault in folder.faults]
    faults.extend(
        _fault(document.entry.path, fault.concealed() if document.entry.private else fault)
        for document in documents
        for fault in document.faults
    )
    return Dossier(folder, cluster, faults, [*_verdicts(documents), *_unseen(named)])


def fault_verdict(path: str, fault: Fault) -> Located:
    """Return a fault of reading as a located verdict, for what lies outside any proposal."""
    return _fault(path, fault)


def form_verdict(finding: FormFinding) -> Verdict:
    """Return a finding of form as a verdict of its rule; it is an error at every stage."""
    return Verdict(
        finding.rule,
        Status.FAIL,
        finding.message,
        remedy=finding.remedy,
        places=(finding.place, *finding.also),
        severity=Level.ERROR,
        at_key=finding.at_key,
        sensitive=finding.sensitive,
    )


def _snapshot(root: Path, folder: Folder, documents: list[Document], form: Form, *, digested: bool) -> str | None:
    """Return the digest of what was handed in, once progress.yml records it and every committed file can be read."""
    committed = [document for document in documents if not document.entry.private]
    if not all(document.sound for document in committed):
        return None
    progress = next((document.values for document in committed if document.entry.name == PROGRESS), {})
    submission = progress.get("submission")
    if not submission:
        return None
    if not digested and Submission.snapshot_sha256.key not in submission:
        # Nobody would see it, and to go through everything once more takes as long as a hundred clauses.
        return ""
    base = root / folder.path
    return digest(
        (
            (
                document.entry.path.removeprefix(f"{folder.path}/"),
                form.schema(document.entry.name, private=False),
                document.values,
            )
            for document in committed
        ),
        {name: (base / name).read_bytes() for name in folder.media},
    )


def _verdicts(documents: list[Document]) -> list[Verdict]:
    return [form_verdict(finding) for document in documents for finding in (*document.findings, *document.dangling)]


def _unseen(files: Files) -> Iterator[Verdict]:
    """Yield a word on the evidence that is named and that nobody looked for."""
    if files.unseen:
        yield Verdict(FILE_PATH, Status.UNDETERMINED, wording.UNSEEN.format(files.unseen), Reason.PRIVATE)


def _strangers(document: Document, documents: list[Document], schema: FileSchema) -> Iterator[FormFinding]:
    """Yield what a private file says of someone whom its committed twin does not know."""
    if not document.entry.private:
        return
    key = (document.entry.name, document.entry.identifier)
    twins = (one for one in documents if (one.entry.name, one.entry.identifier) == key and one is not document)
    twin = next(twins, None)
    if twin is None or twin.sound:
        yield from check_twin(document.values, document.entry.path, schema, twin.values if twin else {})


def _refuse_orphans(folder: Folder) -> None:
    """Take out private member files whose company has no committed file: they would count as members."""
    members = {entry.identifier for entry in folder.entries if entry.name == MEMBER and not entry.private}
    for entry in [
        entry for entry in folder.entries if entry.name == MEMBER and entry.private and entry.identifier not in members
    ]:
        folder.entries.remove(entry)
        fault = Fault(
            "SRC-FILE",
            f"沒有 members/{entry.identifier}.yml，這個私人檔案無從併入。",
            "改正檔名，使兩邊的識別字相同。",
            None,
        )
        folder.faults.append((entry.path, fault))


def _hush(documents: list[Document], exposed: Collection[str]) -> None:
    """Keep findings of form from telling the personal data that they found in one of the exposed files."""
    for document in documents:
        if document.entry.path in exposed:
            for findings in (document.findings, document.dangling):
                findings[:] = [hushed(finding, document.values) for finding in findings]


def read_document(root: Path, entry: Entry, form: Form) -> Document:
    """Read one file and check its form."""
    if entry.fault is not None:
        return Document(entry, {}, [entry.fault])
    schema = form.schema(entry.name, private=entry.private)
    try:
        text = load(f"{root}/{entry.path}")
        values, faults = read(text, schema.shape)
    except Unreadable as unreadable:
        return Document(entry, {}, [unreadable.fault])
    return Document(entry, values, faults, validate(values, entry.path, schema, form), text=text)


def _identifiers(documents: list[Document]) -> dict[str, Collection[str]]:
    """Return the identifiers that a proposal itself gives, of every kind whose file is sound."""
    sound = {
        document.entry.name: document.values for document in documents if document.sound and not document.entry.private
    }
    written = {document.entry.name for document in documents}
    members = {
        document.entry.identifier or ""
        for document in documents
        if document.entry.name == MEMBER and not document.entry.private
    }
    found: dict[str, Collection[str]] = {}
    if not any(document.entry.name == MEMBER and document.entry.fault for document in documents):
        found |= {"members": members, "party": {*members, "proposer"}}
    for kind, (file, *keys) in _SOURCES.items():
        if file in sound or file not in written:
            value: Any = sound.get(file, {})
            for key in keys:
                value = value.get(key, {})
            found[kind] = {*value}
    if "personnel" in found:
        found["lecturer"] = {*found["personnel"], EXTERNAL_LECTURER}
    return found


_SOURCES = {
    "personnel": ("proposer", "personnel"),
    "staff": ("proposer", "staff"),
    "rows": ("schedule", "rows"),
    "problems": ("plan", "narrative", "common_problems"),
}


def merge_files(documents: list[Document], folder: Folder, *, private: bool) -> dict[str, tuple[File, ...]]:
    """Merge each committed file with its private twin; a private file alone stands with an empty committed one."""
    twins: dict[tuple[str, str | None], list[Document]] = {}
    for document in documents:
        twins.setdefault((document.entry.name, document.entry.identifier), []).append(document)
    files: dict[str, list[File]] = {}
    for (name, identifier), both in twins.items():
        path = f"{folder.path}/members/{identifier}.yml" if name == MEMBER else f"{folder.path}/{name}.yml"
        values = both[0].values
        if len(both) > 1:
            values = {}
            for document in both:
                _merge(values, document.values)
        twin = path.replace(folder.path, f"{folder.path}/private", 1) if name in PRIVATE_FILES else None
        file = File(path, twin, values, all(document.sound for document in both), private)
        files.setdefault(name, []).append(file)
    if "cluster" not in files:
        # Without it there is no telling what the proposal is; a clause must not take its fields for merely empty.
        files["cluster"] = [File(f"{folder.path}/cluster.yml", None, {}, sound=False, private_loaded=private)]
    return {name: tuple(found) for name, found in files.items()}


def _merge(into: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Add values to those already there; the two never hold the same field, since their schemas do not."""
    for key, value in values.items():
        held = into.get(key)
        if isinstance(held, dict) and isinstance(value, dict):
            into[key] = held = dict(held)
            _merge(held, value)
        else:
            into[key] = value


def _fault(path: str, fault: Fault) -> Located:
    verdict = Verdict(fault.rule, Status.FAIL, fault.message, remedy=fault.remedy, severity=Level.ERROR)
    where = Location(path, *fault.position) if fault.position else Location(path)
    return Located(verdict, (where,))


def vocabulary_of(facts: Mapping[str, Any]) -> Iterator[tuple[str, Collection[str]]]:
    """Yield the identifiers that a programme year gives, by kind."""
    yield "member_items", facts["member_items"]
    yield "cluster_items", facts["cluster_items"]
