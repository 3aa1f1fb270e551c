'use strict';
// Two JSON-RPC clients of other authors against a node: what they expect of a server is what Relay's users get.
// The node's address comes in the environment variable NODE_URL; run.py starts the node.
const assert = require('node:assert');
const test = require('node:test');
const jayson = require('jayson/promise');
const {JSONRPCClient, JSONRPCErrorException, createJSONRPCRequest} = require('json-rpc-2.0');

const url = process.env.NODE_URL + '/rpc';

test('jayson', async (t) => {
  const client = jayson.Client.http(url);

  await t.test('calls by position and by name', async () => {
    const byPosition = await client.request('math.subtract', [42, 23]);
    assert.deepStrictEqual([byPosition.result, byPosition.error], [19, undefined]);
    const byName = await client.request('math.subtract', {b: 23, a: 42});
    assert.strictEqual(byName.result, 19);
  });

  await t.test('gives each call its own answer', async () => {
    const answers = await Promise.all([...Array(50).keys()].map((n) => client.request('math.echo', [n])));
    assert.deepStrictEqual(answers.map((answer) => answer.result), [...Array(50).keys()]);
  });

  await t.test('sees null as a result', async () => {
    const answer = await client.request('math.nothing', []);
    assert.strictEqual(answer.result, null);
  });

  await t.test('sees code, message and data of errors', async () => {
    for (const [method, params, code] of [['nobody.x', [], -32601], ['math.none', [], -32601], ['math.subtract', ['x', 1], -32602],
                                          ['math.divide', [0], -32603], ['math.refuse', [], -32000]]) {
      const answer = await client.request(method, params);
      assert.strictEqual(answer.error.code, code, method);
      assert.strictEqual(answer.result, undefined);
    }
    const refused = await client.request('math.refuse', []);
    assert.deepStrictEqual(refused.error, {code: -32000, message: 'Application error', data: {error: 'no', id: 7}});
  });

  await t.test('sends notifications', async () => {
    await client.request('math.count', [], null);
    const answer = await client.request('math.counted', []);
    assert.strictEqual(answer.result, 1);
  });

  await t.test('sends batches', async () => {
    const batch = [client.request('math.subtract', [3, 1], undefined, false), client.request('math.none', [], undefined, false),
                   client.request('math.count', [], null, false), client.request('math.echo', [{a: [1]}], undefined, false)];
    const answers = await client.request(batch);
    assert.deepStrictEqual(answers.map((answer) => answer.result ?? answer.error.code), [2, -32601, {a: [1]}]);
    assert.deepStrictEqual(answers.map((answer) => answer.id), [batch[0].id, batch[1].id, batch[3].id]);
  });
});

test('json-rpc-2.0', async (t) => {
  // As its documentation says: answers of 200 go to receive(), 204 is the answer to a notification.
  const client = new JSONRPCClient(async (request) => {
    const answer = await fetch(url, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(request)});
    if (answer.status === 200) {
      client.receive(await answer.json());
    } else if (request.id !== undefined) {
      throw new Error(`HTTP ${answer.status}`);
    } else {
      assert.strictEqual(answer.status, 204);
    }
  });

  await t.test('calls by position and by name', async () => {
    assert.strictEqual(await client.request('math.subtract', [42, 23]), 19);
    assert.strictEqual(await client.request('math.subtract', {b: 23, a: 42}), 19);
    assert.strictEqual(await client.request('math.nothing'), null);
  });

  await t.test('rejects with code and data', async () => {
    await assert.rejects(client.request('math.refuse'), (error) => {
      assert.ok(error instanceof JSONRPCErrorException);
      assert.deepStrictEqual([error.code, error.data], [-32000, {error: 'no', id: 7}]);
      return true;
    });
    await assert.rejects(client.request('nobody.x'), {code: -32601});
    await assert.rejects(client.request('math.subtract', ['x', 1]), {code: -32602});
  });

  await t.test('sends notifications', async () => {
    const before = await client.request('math.counted');
    client.notify('math.count', []);
    // One connection pool and two calls at once: the notification may come second, so ask until it has run.
    while (await client.request('math.counted') === before);
  });

  await t.test('sends batches', async () => {
    const answers = await client.requestAdvanced([createJSONRPCRequest(1, 'math.subtract', [3, 1]),
                                                  createJSONRPCRequest('two', 'math.refuse')]);
    assert.deepStrictEqual(answers.map((answer) => [answer.id, answer.result ?? answer.error.code]), [[1, 2], ['two', -32000]]);
  });
});
