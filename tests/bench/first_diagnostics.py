"""How long an editor waits for the first diagnostics of a document that it opens, in a small and in a large folder."""
import json
import pathlib
import subprocess
import time

FOLDERS, FILES_IN_EACH = 100, 200  # 20,000 files, two of each folder are container files
DOCKERFILE = "FROM node:latest\nRUN npm install\nCMD npm start\n"
COMPOSE = "services:\n  web:\n    build: .\n    ports: ['8080:80']\n"


def large_repository(folder):
    for number in range(FOLDERS):
        part = pathlib.Path(folder, f"part{number:03}")
        part.mkdir(parents=True)
        part.joinpath("Dockerfile").write_text(DOCKERFILE)
        part.joinpath("compose.yaml").write_text(COMPOSE)
        for other in range(FILES_IN_EACH - 2):
            part.joinpath(f"source{other:03}.ts").write_text("export const answer = 42;\n")


class Editor:
    """The client's side of a session over standard streams."""

    def __init__(self, program, folder):
        self.server = subprocess.Popen([program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL)
        uri = pathlib.Path(folder).as_uri()
        self.send({"id": 1, "method": "initialize", "params": {
            "processId": None, "rootUri": uri, "capabilities": {}, "workspaceFolders": [{"uri": uri, "name": "folder"}]}})
        self.wait_for(lambda message: message.get("id") == 1)

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def wait_for(self, wanted):
        while True:
            length = 0
            while (line := self.server.stdout.readline().strip()):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                raise RuntimeError("the server ended before it answered")
            message = json.loads(self.server.stdout.read(length))
            if wanted(message):
                return message

    def close(self):
        self.send({"id": 2, "method": "shutdown"})
        self.wait_for(lambda message: message.get("id") == 2)
        self.send({"method": "exit"})
        self.server.communicate()


def delay(program, folder):
    """Milliseconds from `initialized` and `didOpen`, sent at once, to the diagnostics of the document."""
    path = pathlib.Path(folder, "part000", "Dockerfile")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(DOCKERFILE)
    editor = Editor(program, folder)
    started = time.monotonic()
    editor.send({"method": "initialized", "params": {}})
    editor.send({"method": "textDocument/didOpen", "params": {"textDocument": {
        "uri": path.as_uri(), "languageId": "dockerfile", "version": 1, "text": DOCKERFILE}}})
    published = editor.wait_for(lambda message: message.get("method") == "textDocument/publishDiagnostics")
    waited = 1000 * (time.monotonic() - started)
    if not published["params"]["diagnostics"]:
        raise RuntimeError("the document has findings, and none was published")
    editor.close()
    return waited
