import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ERROR_CODES, SUBPROTOCOL } from '../../../main/web/client/protocol.ts';

const asyncApi = readFileSync(new URL('../../../main/resources/META-INF/resources/asyncapi.yaml', import.meta.url), 'utf8');
const types = readFileSync(new URL('../../../main/web/client/protocol.ts', import.meta.url), 'utf8');

/** The lines of an indented block of the document. */
function block(header: string): string[] {
  const lines = asyncApi.split('\n');
  const start = lines.indexOf(header);
  const depth = header.search(/\S/);
  const length = lines.slice(start + 1).findIndex(line => line.trim() !== '' && line.search(/\S/) <= depth);
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
}

test('knows exactly the commands of the AsyncAPI document', () => {
  const described = block('operations:').flatMap(line => /^ {2}(\w+):$/.exec(line)?.[1] ?? []).filter(name => name !== 'pushes');
  const commands = /interface Commands \{([\s\S]*?)\n\}/.exec(types)![1]!;
  const typed = [...commands.matchAll(/^ {2}(\w+): \{/gm)].map(match => match[1]);
  assert.deepEqual(typed.toSorted(), described.toSorted());
});

test('knows exactly the error codes of the AsyncAPI document', () => {
  const described = /code: \{type: string, enum: \[([^\]]+)\]/.exec(asyncApi)![1]!.split(', ');
  assert.deepEqual([...ERROR_CODES].toSorted(), described.toSorted());
});

test('knows every field of the events of the AsyncAPI document', () => {
  const described = block('    event:').flatMap(line => /^ {8}(\w+): \{/.exec(line)?.[1] ?? []);
  const events = types.slice(types.indexOf('interface EventBase'), types.indexOf('export type ChatEvent'));
  assert.ok(described.length > 8);
  for (const field of described) assert.match(events, new RegExp(`\\b${field}\\??:`), field);
});

test('speaks the subprotocol of the AsyncAPI document', () => {
  assert.match(asyncApi, new RegExp(SUBPROTOCOL.replaceAll('.', '\\.')));
});
