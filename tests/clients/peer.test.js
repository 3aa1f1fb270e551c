'use strict';
// A peer that is no Relay node: the WebSocket client `ws` joins a mesh of two nodes, n1 - n2, at n1. run.py starts the nodes; the
// address of n1 comes in the environment variable NODE_URL.
const assert = require('node:assert');
const net = require('node:net');
const test = require('node:test');
const WebSocket = require('ws');

const url = process.env.NODE_URL;
const port = Number(new URL(url).port);

// One link: what comes is kept until somebody asks for it.
class Peer {
  constructor(id, socket) {
    this.id = id;
    this.socket = socket;
    this.messages = [];
    this.waiting = [];
    this.count = 0;
    this.closed = new Promise((resolve) => socket.on('close', (code, reason) => resolve({code, reason: String(reason)})));
    socket.on('error', () => {});
    socket.on('message', (data) => this.take(JSON.parse(data)));
  }

  static join(id, query = '') {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/p2p?node_id=${id}${query}`);
      const peer = new Peer(id, socket);
      socket.on('upgrade', (response) => { peer.headers = response.headers; });
      socket.on('open', () => resolve(peer));
      socket.on('unexpected-response', (_, response) => reject(Object.assign(new Error('refused'), {status: response.statusCode})));
      socket.on('error', reject);
    });
  }

  take(message) {
    const at = this.waiting.findIndex((one) => one.wants(message));
    if (at < 0) return this.messages.push(message);
    const [found] = this.waiting.splice(at, 1);
    found.resolve(message);
  }

  // The first message that `wants` says yes to, now or later.
  next(wants) {
    const at = this.messages.findIndex(wants);
    if (at >= 0) return Promise.resolve(this.messages.splice(at, 1)[0]);
    return new Promise((resolve) => this.waiting.push({wants, resolve}));
  }

  send(type, to, data, more = {}) {
    const message = {type, id: `${this.id}-${++this.count}`, from: this.id, to, data, timestamp: new Date().toISOString(), ...more};
    this.socket.send(JSON.stringify(message));
    return message;
  }

  async call(to, server_name, method, args, more = {}) {
    const response_id = `${this.id}-call-${++this.count}`;
    this.send('server_call', to, {response_id, call: {server_name, method, args, timeout: 20}}, more);
    const response = await this.next((m) => m.type === 'server_response' && m.data.response_id === response_id);
    return response.data;
  }

  leave() {
    this.socket.close(1000);
    return this.closed;
  }
}

async function rpc(method, params) {
  const body = JSON.stringify({jsonrpc: '2.0', method, params, id: 1});
  const response = await fetch(`${url}/rpc`, {method: 'POST', body});
  return response.json();
}

async function until(condition) {
  for (;;) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a peer that is no Relay node', async (t) => {
  await t.test('learns whom it has reached, and pings', async () => {
    const peer = await Peer.join('probe');
    assert.strictEqual(peer.headers['x-relay-node-id'], 'n1');
    peer.send('ping', 'n1', {timestamp: 1704110400});
    const pong = await peer.next((m) => m.type === 'pong');
    assert.strictEqual(pong.data.timestamp, 1704110400);
    assert.ok(Math.abs(pong.data.pong_time - Date.now() / 1000) < 60);
    await peer.leave();
  });

  await t.test('calls by position and by name', async () => {
    const peer = await Peer.join('caller');
    assert.deepStrictEqual(await peer.call('n1', 'math', 'subtract', [42, 23]).then((d) => [d.success, d.result, d.node_id]), [true, 19, 'n1']);
    assert.strictEqual((await peer.call('n1', 'math', 'subtract', {b: 1, a: 3})).result, 2);
    await peer.leave();
  });

  await t.test('is told why a call failed', async () => {
    const peer = await Peer.join('failing');
    const kinds = [];
    for (const [server, method, args] of [['nobody', 'f', []], ['math', 'none', []], ['math', 'subtract', [1]], ['math', 'divide', [0]], ['math', 'refuse', []]]) {
      const data = await peer.call('n1', server, method, args);
      kinds.push([data.success, data.kind, data.code, data.ran]);
    }
    assert.deepStrictEqual(kinds, [[false, 'server_not_found', -32601, 'no'], [false, 'method_not_found', -32601, 'no'],
      [false, 'invalid_params', -32602, 'no'], [false, 'runtime', -32603, 'yes'], [false, 'application', -32000, 'yes']]);
    await peer.leave();
  });

  await t.test('calls through the node, wrapped and not', async () => {
    const peer = await Peer.join('far');
    await until(async () => (await peer.call('n2', 'math', 'subtract', [1, 1])).success);
    const response_id = 'wrapped-1';
    const original_message = {type: 'server_call', id: 'w1', from: 'far', to: 'n2', data: {response_id, call: {server_name: 'math', method: 'echo', args: ['x']}}};
    peer.send('route_message', 'n1', {original_message});
    const response = await peer.next((m) => m.data.response_id === response_id);
    assert.deepStrictEqual([response.from, response.data.result], ['n2', 'x']);
    const lost = await peer.call('nowhere', 'math', 'echo', [1]);
    assert.deepStrictEqual([lost.kind, lost.ran], ['unknown_node', 'no']);
    await peer.leave();
  });

  await t.test('is called by its id and by the name of its server', async () => {
    const peer = await Peer.join('doubler');
    peer.send('registry_sync', 'n1', {servers: {double_server: {methods: ['double']}}});
    const calls = [rpc('remote_call', {node_id: 'doubler', server_name: 'double_server', method: 'double', args: [21]})];
    const first = await peer.next((m) => m.type === 'server_call');
    assert.deepStrictEqual(first.data.call.args, [21]);
    peer.send('server_response', first.from, {response_id: first.data.response_id, node_id: 'doubler', success: true, result: 42});
    assert.strictEqual((await calls[0]).result, 42);

    await until(async () => 'doubler.double_server' in await (await fetch(`${url}/registry/servers`)).json());
    const byName = rpc('double_server.double', [4]);
    const second = await peer.next((m) => m.type === 'server_call');
    peer.send('server_response', second.from, {response_id: second.data.response_id, node_id: 'doubler', success: false, error: 'too tired'});
    assert.strictEqual((await byName).error.code, -32000);
    await peer.leave();
    const gone = await rpc('remote_call', {node_id: 'doubler', server_name: 'double_server', method: 'double', args: [1]});
    assert.ok(['no_route', 'unknown_node', 'unreachable', 'unknown_outcome'].includes(gone.error.data.kind), JSON.stringify(gone));
  });

  await t.test('floods, and every call is answered once', async () => {
    const peer = await Peer.join('flood');
    const answers = await Promise.all([...Array(3000).keys()].map((n) => peer.call('n1', 'math', 'echo', [n])));
    assert.deepStrictEqual(answers.map((d) => d.result), [...Array(3000).keys()]);
    assert.deepStrictEqual(peer.messages.filter((m) => m.type === 'server_response'), []);
    await peer.leave();
  });

  await t.test('sends a call twice, and it runs once', async () => {
    const peer = await Peer.join('twice');
    const before = (await rpc('math.counted', [])).result;
    const message = {type: 'server_call', id: 'same', from: 'twice', to: 'n1', data: {response_id: 'same', call: {server_name: 'math', method: 'count'}}};
    peer.socket.send(JSON.stringify(message));
    peer.socket.send(JSON.stringify(message));
    await peer.next((m) => m.type === 'server_response');
    await peer.call('n1', 'math', 'echo', [1]);
    assert.strictEqual((await rpc('math.counted', [])).result, before + 1);
    await peer.leave();
  });

  await t.test('is told what it sends wrong, and closed at the fifth time', async () => {
    const peer = await Peer.join('junk');
    peer.send('dance', 'n1', {});
    assert.strictEqual((await peer.next((m) => m.type === 'error')).data.about, 'junk-1');
    for (const text of ['{', '[]', '{"type":"ping"}', JSON.stringify({type: 'ping', from: 'another', to: 'n1', data: {}})]) {
      peer.socket.send(text);
      assert.ok((await peer.next((m) => m.type === 'error')).data.message.length > 0);
    }
    peer.socket.send('junk');
    assert.strictEqual((await peer.closed).code, 1008);
  });

  await t.test('may not send binary frames, nor messages past 8 MiB', async () => {
    const binary = await Peer.join('binary');
    binary.socket.send(Buffer.from([1, 2, 3]));
    assert.strictEqual((await binary.closed).code, 1003);
    const large = await Peer.join('large');
    large.socket.send(JSON.stringify({type: 'ping', from: 'large', to: 'n1', data: {text: 'x'.repeat(10 << 20)}}));
    assert.strictEqual((await large.closed).code, 1009);
  });

  await t.test('sends half a frame and goes; the node goes on', async () => {
    const socket = net.connect(port, '127.0.0.1');
    socket.write('GET /ws/p2p?node_id=half HTTP/1.1\r\nHost: n1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write(Buffer.from([0x81, 0xfe, 0x10]));
    socket.destroy();
    await until(async () => {
      const peers = await (await fetch(`${url}/registry/peers`)).json();
      return !peers.half || !peers.half.is_healthy;
    });
    assert.strictEqual((await rpc('math.echo', [7])).result, 7);
  });

  await t.test('cannot take the id of a node that answers', async () => {
    await assert.rejects(Peer.join('n2'), (error) => error.status === 409);
    await assert.rejects(Peer.join('n1'), (error) => error.status === 400);
  });
});
