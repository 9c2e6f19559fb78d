"""A client of yaml-language-server, over its standard input and output: what an editor would ask it."""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path
from typing import Any, Self

from tests.nodejs import modules, node

SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "format": {"enable": False},
    }
}

PATIENCE = 600
"""Seconds that a server may run."""


class LanguageServer:
    """A running server that was told of one workspace folder."""

    def __init__(self, workspace: Path, settings: dict[str, Any] | None = None) -> None:
        self._workspace = workspace
        self._settings = {"yaml": SETTINGS["yaml"] | (settings or {})}
        self._asked = 0
        self._opened = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        program = modules() / "yaml-language-server/bin/yaml-language-server"
        self._process = subprocess.Popen(
            [node(), str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        # A server that hangs would hang the tests: it is ended, and then the next answer is missing.
        self._patience = threading.Timer(PATIENCE, self._process.kill)
        self._patience.daemon = True
        self._patience.start()
        root = self._workspace.as_uri()
        capabilities = {
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        self.request(
            "initialize",
            {
                "processId": None,
                "locale": "zh-tw",
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": self._workspace.name}],
                "capabilities": capabilities,
            },
        )
        self._notify("initialized", {})
        self._notify("workspace/didChangeConfiguration", {"settings": self._settings})
        return self

    def __exit__(self, *_: object) -> None:
        self.request("shutdown", None)
        self._notify("exit", None)
        self._process.communicate(timeout=30)
        self._patience.cancel()

    def open(self, path: Path, text: str | None = None) -> list[dict[str, Any]]:
        """Open a file, with the text on disk or another, and return what the server finds wrong with it."""
        uri = path.as_uri()
        self._diagnostics.pop(uri, None)
        self._opened += 1
        # The server keeps what it parsed by address and version, even after a file was closed.
        document = {"uri": uri, "languageId": "yaml", "version": self._opened}
        document["text"] = path.read_text(encoding="utf-8") if text is None else text
        self._notify("textDocument/didOpen", {"textDocument": document})
        while uri not in self._diagnostics:
            self._handle(self._receive())
        return self._diagnostics[uri]

    def close(self, path: Path) -> None:
        """Close a file."""
        self._notify("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})

    def hover(self, path: Path, line: int, character: int) -> str:
        """Return the Markdown that is shown at a place of an open file."""
        answer = self.request("textDocument/hover", _place(path, line, character))
        return str(answer["contents"]["value"]) if answer else ""

    def complete(self, path: Path, line: int, character: int) -> dict[str, dict[str, Any]]:
        """Return what is offered at a place of an open file, by label."""
        answer = self.request("textDocument/completion", _place(path, line, character))
        return {item["label"]: item for item in answer["items"]}

    def request(self, method: str, parameters: Any) -> Any:
        """Ask, and return the answer."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._handle(message)

    def _handle(self, message: dict[str, Any]) -> None:
        """Take note of what the server says of itself, and answer what it asks."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            sections = [item.get("section", "") for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": [self._settings.get(section) for section in sections]})
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def _notify(self, method: str, parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while header := stream.readline().strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has gone"
        message: dict[str, Any] = json.loads(stream.read(length))
        return message


def _place(path: Path, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
