import type { Room } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from './app.ts';

const ROOM = '#/room/';
const PERSON = '#/with/';

/** A link to give away: who opens it and signs in talks with the user. */
export function inviteLink(user: string): string {
  return location.origin + location.pathname + PERSON + encodeURIComponent(user);
}

/** Whose invitation the page was opened with. */
export function invitedBy(): string | null {
  return after(PERSON);
}

/** Whom somebody looks for by what they wrote: an invitation that was pasted stands for the one who gave it away. */
export function lookedFor(text: string): string {
  return after(inviteLink(''), text.trim()) ?? text.trim();
}

/** Whether an address is of a room or a person in this app. */
export function leadsHere(address: string): boolean {
  const page = location.origin + location.pathname;
  return address.startsWith(page + ROOM) || address.startsWith(page + PERSON);
}

/** What an address says after a beginning; null for what no link of the app says. */
function after(beginning: string, address = location.hash): string | null {
  try {
    return address.startsWith(beginning) ? decodeURIComponent(address.slice(beginning.length)) : null;
  } catch (error) {
    console.info('not an address of this app:', error);
    return null;
  }
}

/** Keeps the open room in the page's address: a reload, a link and the back button lead where one expects. */
export function followAddress(app: App): void {
  const go = (): void => {
    const user = invitedBy();
    const room = after(ROOM);
    if (user !== null) void meet(app, user);
    else if (room !== null) openWhenKnown(app, room);
    else if (app.current) app.close();
  };
  app.on('current', room => show(room));
  addEventListener('popstate', go);
  go();
}

function show(room: Room | null): void {
  const wanted = room ? ROOM + encodeURIComponent(room.id) : '';
  if (location.hash === wanted) return;
  const page = location.pathname + location.search;
  // The step back leads to the list, not into the invitation again.
  if (room && invitedBy() !== null) history.replaceState(null, '', page);
  const state = history.state as { opened?: boolean } | null;
  // From the list a room is a step forward; from room to room the list stays the step before.
  if (room && !location.hash) history.pushState({ opened: true }, '', page + wanted);
  else if (room) history.replaceState(state, '', page + wanted);
  else if (state?.opened) history.back();
  else history.replaceState(null, '', page);
}

/** An invitation stays in the address until there is a chat: whoever reloads the page before still has it. */
async function meet(app: App, user: string): Promise<void> {
  if (user === app.me) {
    history.replaceState(null, '', location.pathname + location.search);
    app.tell(m.ownInvitation);
    return;
  }
  await app.whenLive();
  if (await app.attempt(() => app.openDirect(user))) show(app.current);
}

function isAt(id: string): boolean {
  return location.hash === ROOM + encodeURIComponent(id);
}

function openWhenKnown(app: App, id: string): void {
  const isLive = (): boolean => app.client.state.name === 'live';
  const known = app.client.rooms.get(id);
  if (known) app.open(known);
  else if (isLive()) void lookUp(app, id);
  if (known || isLive()) return;
  const end = app.client.on('rooms', () => {
    const room = app.client.rooms.get(id);
    if (room && isAt(id)) app.open(room);
    if (!room && !isLive()) return;
    end();
    if (!room) void lookUp(app, id);
  });
}

/** A connection does not follow all rooms of who is in very many. */
async function lookUp(app: App, id: string): Promise<void> {
  const found = await app.attempt(async () => {
    const room = app.client.remember({ ...await app.client.api.room(id), live: false });
    if (isAt(id)) app.open(room);
  });
  if (!found && isAt(id)) show(app.current);
}
