import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatEvent } from '../../../main/web/client/protocol.ts';
import { clientOf, connected, entry, message, push, type ScriptedSocket, ScriptedWorld, settled, texts } from './scripted.ts';

/** Small and even enough; the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** A service with a log that remembers ids, loses answers and dies at any moment. */
class Service {
  readonly log: ChatEvent[] = [];
  readonly #next: () => number;
  #handled = 0;
  #pushed = 0;

  constructor(next: () => number) {
    this.#next = next;
  }

  other(): void {
    this.log.push(message(this.log.length + 1));
  }

  /** Handles what the socket was sent; dies before or after the commit now and then. */
  serve(socket: ScriptedSocket): void {
    if (socket.readyState === 0) {
      this.#handled = 0;
      socket.accept();
    }
    while (socket.readyState === 1 && this.#handled < socket.received.length) this.#answer(socket, socket.received[this.#handled++]!);
    if (socket.readyState !== 1 || !socket.all('connect').length) return;
    const missed = this.log.slice(this.#pushed);
    if (missed.length && this.#next() < 0.8) {
      socket.push(push(missed));
      this.#pushed = this.log.length;
    }
    if (this.#next() < 0.1) socket.drop();
  }

  #answer(socket: ScriptedSocket, frame: { id: number } & Record<string, Record<string, unknown>>): void {
    if (frame['connect']) {
      this.#pushed = (frame['connect']['resume'] as Record<string, number>)['r'] ?? this.log.length;
      socket.push({ id: frame.id, connect: connected([entry({ tail: this.log.length })]) });
    } else if (frame['send']) {
      if (this.#next() < 0.15) return socket.drop();
      const { clientMessageId, text } = frame['send'] as { clientMessageId: string; text: string };
      const before = this.log.find(event => event.type === 'message' && event.clientMessageId === clientMessageId);
      if (!before) this.log.push(message(this.log.length + 1, { from: 'alice', clientMessageId, text }));
      if (this.#next() < 0.15) return socket.drop();
      socket.push({ id: frame.id, send: { seq: before?.seq ?? this.log.length, time: 1, duplicate: before !== undefined } });
    } else if (frame['history']) {
      const after = frame['history']['after'] as number;
      socket.push({ id: frame.id, history: { events: this.log.slice(after), more: false } });
    }
  }
}

for (let seed = 1; seed <= 20; seed++) {
  test(`loses, doubles and reorders nothing while the service dies at random (seed ${seed})`, async () => {
    const world = new ScriptedWorld();
    const next = random(seed);
    const service = new Service(next);
    const client = clientOf(world);
    await client.start();
    await settled();
    service.serve(world.socket);
    await settled();
    const written: string[] = [];
    for (let step = 0; step < 120; step++) {
      if (next() < 0.4) {
        written.push(`mine ${step}`);
        client.send('r', `mine ${step}`);
      }
      if (next() < 0.3) service.other();
      await world.pass(next() < 0.2 ? 3_000 : 50);
      service.serve(world.socket);
    }
    for (let step = 0; step < 200 && (client.outbox.size > 0 || texts(client).length < service.log.length); step++) {
      await world.pass(2_000);
      service.serve(world.socket);
    }
    const stored = service.log.map(event => event.type === 'message' ? event.text : '');
    assert.deepEqual(texts(client), stored);
    assert.deepEqual(stored.filter(text => text?.startsWith('mine')), written);
    assert.equal(client.outbox.size, 0);
  });
}
