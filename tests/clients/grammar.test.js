// The TextMate grammar, read by the engine of VS Code: it is valid, and colours what it should.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const oniguruma = require("vscode-oniguruma");
const { Registry, INITIAL } = require("vscode-textmate");

const FOLDER = path.join(process.env.RELAY_ROOT, "editors", "vscode");
const read = (...names) => JSON.parse(fs.readFileSync(path.join(FOLDER, ...names), "utf8"));

async function loadGrammar() {
  const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => read("syntaxes", "relay.tmLanguage.json"),
  });
  return registry.loadGrammar("source.relay");
}

// Each token as text and its innermost scope.
function coloured(grammar, text) {
  const tokens = [];
  let state = INITIAL;
  for (const line of text.split("\n")) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const token of result.tokens) {
      tokens.push([line.slice(token.startIndex, token.endIndex).trim(), token.scopes.at(-1)]);
    }
  }
  return tokens;
}

const grammar = loadGrammar();

async function assertColours(text, wanted) {
  const tokens = coloured(await grammar, text);
  for (const [word, scope] of Object.entries(wanted)) {
    const found = tokens.filter(([text]) => text === word).map(([, scope]) => scope);
    assert.ok(found.includes(`${scope}.relay`), `${word} in ${text}: ${found}`);
  }
}

test("definitions are coloured", () => assertColours("server s implements P {\n  receive fn add(by: optional(number)) -> number { by }\n}", {
  server: "keyword.declaration", s: "entity.name.type", P: "entity.other.inherited-class", receive: "storage.modifier",
  fn: "keyword.declaration.function", add: "entity.name.function", by: "variable.other.property", number: "support.type",
}));

test("texts and comments are coloured", () => assertColours('/// doc\n// line\n/* block\n still */ set a = "x\\n" + `b ${c.d(1)} e`', {
  "/// doc": "comment.line.documentation", "// line": "comment.line.double-slash", still: "comment.block", "\\n": "constant.character.escape",
  b: "string.interpolated", d: "entity.name.function.member", 1: "constant.numeric", e: "string.interpolated", set: "keyword.other",
}));

test("literals are coloured", () => assertColours("[1.5e3, .5, 2024-01-01T12:00:00Z, :name, nil, true]", {
  "1.5e3": "constant.numeric", ".5": "constant.numeric", "2024-01-01T12:00:00Z": "constant.other.datetime",
  ":name": "constant.other.symbol", nil: "constant.language", true: "constant.language",
}));

test("contextual words are names elsewhere", async () => {
  const tokens = coloured(await grammar, "set server = config + test(1)");
  for (const word of ["server", "config"]) assert.ok(!tokens.some(([text, scope]) => text === word && /keyword/.test(scope)), word);
});

test("what is behind a text that ends is no text", async () => {
  for (const text of ['"a" b', "`a` b", "`${"+"\"}\"} c` b", "/* a */ b", "`a ${ {x: `y`} } z` b"]) {
    const last = coloured(await grammar, text).at(-1);
    assert.deepEqual(last, ["b", "source.relay"], text);
  }
});

test("every rule that is named is there", () => {
  const text = JSON.stringify(read("syntaxes", "relay.tmLanguage.json"));
  const { repository } = read("syntaxes", "relay.tmLanguage.json");
  for (const [, name] of text.matchAll(/"include":"#([a-z]+)"/g)) assert.ok(repository[name], name);
});

test("the extension names files that are there", () => {
  const manifest = read("package.json");
  const { languages, grammars } = manifest.contributes;
  for (const file of [manifest.main, languages[0].configuration, grammars[0].path]) assert.ok(fs.existsSync(path.join(FOLDER, file)), file);
  for (const file of ["language-configuration.json", "package.json"]) assert.ok(read(file), file);
  assert.deepEqual(languages[0].extensions, [".rl", ".relay"]);
});

test("the extension starts relay lsp and stops it", () => {
  const seen = [];
  class LanguageClient {
    constructor(...given) { seen.push(given); }
    start() { return Promise.resolve(); }
    stop() { seen.push("stopped"); return Promise.resolve(); }
  }
  const modules = {
    vscode: { workspace: { getConfiguration: () => ({ get: () => "/opt/relay" }) } },
    "vscode-languageclient/node": { LanguageClient, TransportKind: { stdio: 0 } },
  };
  const loaded = { exports: {} };
  const source = fs.readFileSync(path.join(FOLDER, "extension.js"), "utf8");
  new Function("require", "module", source)((name) => modules[name], loaded);
  loaded.exports.activate();
  loaded.exports.deactivate();
  assert.deepEqual(seen[0][2], { command: "/opt/relay", args: ["lsp"], transport: 0 });
  assert.deepEqual(seen[0][3], { documentSelector: [{ language: "relay" }] });
  assert.equal(seen[1], "stopped");
});

// What stands beside a `files` list is left out of the package: a client without its library does not start.
test("the extension packs its files and the libraries that it requires", () => {
  const { main, files, dependencies, contributes } = read("package.json");
  const packed = (name) => files.some((file) => name === file || name.startsWith(`${file}/`));
  const own = [main, ...contributes.languages.map((one) => one.configuration), ...contributes.grammars.map((one) => one.path)];
  const libraries = Object.keys(dependencies).map((name) => `node_modules/${name}`);
  for (const name of [...own.map((one) => path.normalize(one)), ...libraries]) assert.ok(packed(name), name);
});
