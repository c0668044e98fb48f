import assert from 'node:assert/strict';
import type { ChatEvent, RoomEntry } from '../../../main/web/client/index.ts';
import { entry, message, push, settled } from '../client/scripted.ts';
import { appOf } from './app.ts';
import './browser.ts';

const { Edit } = await import('../../../main/web/app/model/edit.ts');

export const PLACE = 'edit/alice/r/';

export const GONE = 'The message that you were changing is not there any more.';

export const mine = (seq: number, text = `text ${seq}`): ChatEvent => message(seq, { from: 'alice', text });

/** As another device of theirs may do. */
export const changed = (target: number, text: string) => push([{ seq: 4, time: 4, type: 'edit', from: 'alice', target, text }]);

export const deletion = (target: number) => push([{ seq: 4, time: 4, type: 'delete', from: 'bob', target }]);

/** A page that somebody has just loaded, with a room of these messages open; what was kept on the device is there. */
export async function page(events: ChatEvent[] = [mine(1), mine(2), mine(3)], rooms: RoomEntry[] = [entry(), entry({ room: 'q' })]) {
  const { app, client, world } = await appOf(rooms);
  const told: { text: string; action?: { run(): void } }[] = [];
  const takenBack: unknown[] = [];
  app.on('notice', notice => told.push(notice));
  app.on('noticeOver', notice => takenBack.push(notice));
  if (events.length > 0) world.socket.push(push(events));
  const room = client.rooms.get('r')!;
  app.open(room);
  const { writing } = app;
  const change = (seq: number, text: string): InstanceType<typeof Edit> => {
    writing.compose(new Edit(room.timeline.message(seq)!));
    writing.write(text);
    assert.ok(writing.composing.kind === 'edit');
    return writing.composing;
  };
  const isAbout = (): unknown[] => writing.composing.kind === 'edit' ? ['edit', writing.composing.seq, writing.text] : [writing.composing.kind, writing.text];
  /** Somebody asks for a change to be saved and does something else; then it is refused. */
  const refusedAfter = async (meanwhile: () => unknown): Promise<void> => {
    const saved = writing.save(change(1, 'better'), room);
    await settled();
    meanwhile();
    world.socket.refuse('edit', 'unavailable', true);
    await saved;
  };
  return { app, client, world, room, writing, told, takenBack, change, isAbout, refusedAfter, texts: () => told.map(({ text }) => text) };
}

export function keep(seq: number, was: string, text: string): void {
  localStorage.setItem(PLACE + seq, JSON.stringify({ was, text, wanted: false, aside: false }));
}
