import type { ChatClient } from '../../../main/web/client/index.ts';
import type { RoomEntry } from '../../../main/web/client/protocol.ts';
import { live, ScriptedWorld, settled } from '../client/scripted.ts';
import './browser.ts';

const { App } = await import('../../../main/web/app/model/app.ts');

type App = InstanceType<typeof App>;
/** Answers to what is asked over HTTP, by the path after `/api/v1`; what is not here is not there. */
export type Answers = Record<string, unknown>;

/** The app of somebody who is connected, over a service that the test plays. */
export async function appOf(rooms: RoomEntry[], answers: Answers = {}): Promise<{ world: ScriptedWorld; client: ChatClient; app: App; asked: string[] }> {
  const world = new ScriptedWorld();
  const asked: string[] = [];
  world.fetch = async address => {
    const path = String(address).replace(/^.*\/api\/v1/, '');
    asked.push(path);
    // The test may answer otherwise later.
    const all: Answers = { '/rooms': { rooms }, ...answers };
    return path in all ? Response.json(all[path]) : new Response('', { status: 404 });
  };
  const client = await live(world, rooms);
  const app = new App(client, { auth: { mode: 'token' }, limits: { messageBytesMax: 100 }, media: false, version: '' }, async () => undefined);
  client.on('rooms', () => app.roomsChanged());
  app.roomsChanged();
  await settled();
  return { world, client, app, asked };
}

export function direct(room: string, other: string, more: Partial<RoomEntry> = {}): RoomEntry {
  return { room, kind: 'direct', with: other, role: 'member', tail: 0, read: 0, unread: 0, ...more };
}

export function members(...users: string[]): unknown {
  return { members: users.map(user => ({ user, role: 'member', joinedAt: 1, read: 0 })) };
}
