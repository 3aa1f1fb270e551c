// `relay lsp` with the client library of VS Code: requests, positions and messages as that library makes and reads them.
const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const test = require("node:test");
const rpc = require("vscode-languageserver-protocol/node");

const URI = "file:///counter.rl";
const PROGRAM = `/// Counts.
server counter {
    state { count: number = 0 }
    /// Adds \`by\`.
    receive fn add(by: number) -> number { state.set("count", state.count + by) }
}
set smile = "😀"; set names = [smile]
print(names.first(), message("counter", "add", 1))
`;

class Editor {
  constructor() {
    this.process = spawn(process.env.RELAY_BINARY, ["lsp", "--stdio"]);
    this.connection = rpc.createProtocolConnection(
      new rpc.StreamMessageReader(this.process.stdout), new rpc.StreamMessageWriter(this.process.stdin));
    this.diagnostics = [];
    this.waiting = [];
    this.connection.onNotification(rpc.PublishDiagnosticsNotification.type, (told) => {
      this.diagnostics.push(told);
      this.waiting.splice(0).forEach((wake) => wake());
    });
    this.connection.listen();
  }

  async initialize() {
    const capabilities = {
      textDocument: {
        hover: { contentFormat: ["markdown", "plaintext"] },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        rename: { prepareSupport: true },
      },
    };
    const answer = await this.connection.sendRequest(rpc.InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities });
    await this.connection.sendNotification(rpc.InitializedNotification.type, {});
    return answer;
  }

  open(text = PROGRAM) {
    return this.connection.sendNotification(rpc.DidOpenTextDocumentNotification.type, {
      textDocument: { uri: URI, languageId: "relay", version: 1, text },
    });
  }

  change(version, ...contentChanges) {
    return this.connection.sendNotification(rpc.DidChangeTextDocumentNotification.type, {
      textDocument: { uri: URI, version }, contentChanges,
    });
  }

  // The diagnostics of that version of the program.
  async told(version) {
    for (;;) {
      const found = this.diagnostics.find((one) => one.uri === URI && one.version === version);
      if (found) return found.diagnostics;
      await new Promise((wake) => this.waiting.push(wake));
    }
  }

  at(type, line, character, more = {}) {
    return this.connection.sendRequest(type, { textDocument: { uri: URI }, position: { line, character }, ...more });
  }

  of(type, more = {}) {
    return this.connection.sendRequest(type, { textDocument: { uri: URI }, ...more });
  }

  async end() {
    await this.connection.sendRequest(rpc.ShutdownRequest.type);
    const ended = once(this.process, "exit");
    await this.connection.sendNotification(rpc.ExitNotification.type);
    const [code] = await ended;
    this.connection.dispose();
    return code;
  }
}

// A test with an editor that has the program open.
function editing(name, run) {
  test(name, async () => {
    const editor = new Editor();
    try {
      await editor.initialize();
      await editor.open();
      await run(editor);
      assert.equal(await editor.end(), 0);
    } finally {
      editor.process.kill();
    }
  });
}

const range = (line, from, to) => ({ start: { line, character: from }, end: { line, character: to } });

test("a session begins with what the server can do", async () => {
  const editor = new Editor();
  const { capabilities } = await editor.initialize();
  assert.equal(capabilities.textDocumentSync.change, rpc.TextDocumentSyncKind.Incremental);
  assert.equal(capabilities.positionEncoding, rpc.PositionEncodingKind.UTF16);
  assert.equal(await editor.end(), 0);
});

editing("diagnostics follow what is typed", async (editor) => {
  assert.deepEqual(await editor.told(1), []);
  await editor.change(2, { range: range(6, 31, 36), text: "smil" });
  const wrong = (await editor.told(2)).find((one) => /undefined variable: smil/.test(one.message));
  assert.equal(wrong.severity, rpc.DiagnosticSeverity.Error);
  assert.deepEqual(wrong.range, range(6, 31, 35));
  await editor.change(3, { range: range(6, 35, 35), text: "e" });
  assert.deepEqual(await editor.told(3), []);
  await editor.change(4, { text: "print(" });
  assert.match((await editor.told(4))[0].message, /never closed/);
});

editing("hover shows types and doc comments", async (editor) => {
  const variable = await editor.at(rpc.HoverRequest.type, 6, 31);
  assert.equal(variable.contents.value, "```relay\nvariable smile: string\n```");
  assert.deepEqual(variable.range, range(6, 31, 36));
  const method = await editor.at(rpc.HoverRequest.type, 7, 41);
  assert.equal(method.contents.kind, rpc.MarkupKind.Markdown);
  assert.equal(method.contents.value, "```relay\nreceive fn add(by: number) -> number\n```\n\nAdds `by`.");
});

editing("definition and references are found", async (editor) => {
  const place = await editor.at(rpc.DefinitionRequest.type, 7, 41);
  assert.deepEqual(place, { uri: URI, range: range(4, 15, 18) });
  const places = await editor.at(rpc.ReferencesRequest.type, 6, 4, { context: { includeDeclaration: true } });
  assert.deepEqual(places.map((one) => one.range), [range(6, 4, 9), range(6, 31, 36)]);
});

editing("completion offers names, and members behind a dot", async (editor) => {
  const names = await editor.at(rpc.CompletionRequest.type, 8, 0);
  const labels = names.items.map((item) => item.label);
  for (const label of ["counter", "names", "smile", "print", "while"]) assert.ok(labels.includes(label), label);
  await editor.change(2, { range: range(8, 0, 0), text: "names." });
  const members = await editor.at(rpc.CompletionRequest.type, 8, 6);
  const push = members.items.find((item) => item.label === "push");
  assert.equal(push.kind, rpc.CompletionItemKind.Method);
  assert.ok(!members.items.some((item) => item.label === "names"));
});

editing("rename replaces all places and refuses clashes", async (editor) => {
  const prepared = await editor.at(rpc.PrepareRenameRequest.type, 7, 41);
  assert.deepEqual(prepared, { range: range(7, 41, 44), placeholder: "add" });
  const edit = await editor.at(rpc.RenameRequest.type, 7, 41, { newName: "plus" });
  assert.deepEqual(edit.changes[URI], [{ range: range(4, 15, 18), newText: "plus" }, { range: range(7, 41, 44), newText: "plus" }]);
  await assert.rejects(editor.at(rpc.RenameRequest.type, 6, 4, { newName: "names" }), /`names` is a variable already/);
});

editing("formatting is that of relay fmt", async (editor) => {
  const options = { tabSize: 2, insertSpaces: true };
  const edits = await editor.of(rpc.DocumentFormattingRequest.type, { options });
  assert.deepEqual(edits, [{ range: { start: { line: 6, character: 0 }, end: { line: 7, character: 0 } }, newText: "\nset smile = \"😀\"\nset names = [smile]\n" }]);
});

editing("the outline is a tree", async (editor) => {
  const symbols = await editor.of(rpc.DocumentSymbolRequest.type);
  assert.deepEqual(symbols.map((one) => one.name), ["counter", "smile", "names"]);
  assert.deepEqual(symbols[0].children.map((one) => one.name), ["count", "add"]);
  assert.equal(symbols[0].children[1].kind, rpc.SymbolKind.Method);
});

editing("what is not known is an error, and a cancelled request does no harm", async (editor) => {
  await assert.rejects(editor.connection.sendRequest("textDocument/foldingRange", {}), { code: rpc.ErrorCodes.MethodNotFound });
  await assert.rejects(editor.at(rpc.HoverRequest.type, -1, 0), { code: rpc.ErrorCodes.InvalidParams });
  const source = new rpc.CancellationTokenSource();
  const asked = editor.connection.sendRequest(rpc.HoverRequest.type, { textDocument: { uri: URI }, position: { line: 6, character: 4 } }, source.token);
  source.cancel();
  assert.ok((await asked) !== undefined);
});
