import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SUBPROTOCOL } from '../../../main/web/client/protocol.ts';

// What can be told by types is: schema.ts is made from the documents, and the client's types are made of it.
const asyncApi = readFileSync(new URL('../../../main/resources/META-INF/resources/asyncapi.yaml', import.meta.url), 'utf8');
const types = readFileSync(new URL('../../../main/web/client/protocol.ts', import.meta.url), 'utf8');

test('knows exactly the types of events of the AsyncAPI document', () => {
  const described = /type: \{type: string, description: '(message[^']+)'/.exec(asyncApi)![1]!.split(', ');
  const typed = [...types.matchAll(/EventOf<((?:'\w+'(?: \| )?)+)/g)].flatMap(match => match[1]!.split(' | ').map(name => name.slice(1, -1)));
  assert.deepEqual(typed.toSorted(), described.toSorted());
});

test('speaks the subprotocol of the AsyncAPI document', () => {
  assert.match(asyncApi, new RegExp(SUBPROTOCOL.replaceAll('.', '\\.')));
});

test('is found by bundlers of React Native that do not read `exports`', () => {
  const { main, types: typings, exports } = JSON.parse(readFileSync(new URL('../../../main/web/client/package.json', import.meta.url), 'utf8')) as
    { main: string; types: string; exports: { '.': { types: string; default: string } } };
  assert.deepEqual({ types: typings, default: main }, exports['.']);
});
