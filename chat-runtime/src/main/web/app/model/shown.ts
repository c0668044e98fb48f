import type { ChatEvent } from '../../client/index.ts';
import type { App } from './app.ts';
import { Look } from './look.ts';

/** Whose presence is worth being told of: the service tells a connection of no more than a thousand. */
const WATCHED_IN_LIST = 500;
const WATCHED_IN_ROOM = 100;
/** Whose names the newest messages of a room show. */
const SHOWN_IN_ROOM = 100;
const RENEWED_UNASKED_AFTER_MS = 10 * 60_000;
/** After a shorter interruption names are as they were. */
const AWAY_MS = 60_000;
/** Where thousands come back at once they do not all ask at once. */
const SPREAD_MS = 30_000;

/** Those whom the screen shows: the service tells how they are, and is asked now and then what they are called. */
export class Shown {
  readonly #app: App;
  readonly #list: Look;
  readonly #room: Look;
  /** Until its members are known. */
  #opened = false;
  #lostAt: number | null = null;
  /** Nobody has asked since it was away. */
  #wasAway = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
    this.#list = new Look(app.client);
    this.#room = new Look(app.client);
    app.client.on('state', ({ name }) => this.#connection(name === 'live'));
    app.client.on('messages', ({ room, events }) => {
      const members = app.members.of(room).length;
      // A room of many costs each of them a question for each who writes.
      if (room === app.current && members > 0 && members <= WATCHED_IN_ROOM) app.people.renew(writers(events), RENEWED_UNASKED_AFTER_MS);
    });
  }

  watchList(): void {
    this.#list.at(this.#others().slice(0, WATCHED_IN_LIST));
  }

  watchRoom(): void {
    const others = this.#members().filter(user => user !== this.#app.me);
    this.#room.at(others.length <= WATCHED_IN_ROOM ? others : []);
  }

  /** Who is in the open room may be different: of a connection that came back, or of somebody who came, all members hear at once. */
  membersChanged(): void {
    this.watchRoom();
    const opened = this.#opened;
    this.#opened = false;
    this.renewRoom(opened ? undefined : RENEWED_UNASKED_AFTER_MS);
  }

  opened(): void {
    this.#opened = true;
    this.watchRoom();
  }

  /** Those in the open room, whoever wrote last before all. */
  renewRoom(after?: number): void {
    const written = writers(this.#app.current?.timeline.recent(SHOWN_IN_ROOM) ?? []).reverse();
    this.#app.people.renew([...written, ...this.#members()], after);
  }

  /** All whom the screen shows. */
  renew(): void {
    this.renewRoom();
    this.#app.people.renew(this.#others());
  }

  #connection(isLive: boolean): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    if (!isLive) {
      this.#lostAt ??= now;
      return;
    }
    this.#wasAway ||= this.#lostAt !== null && now - this.#lostAt > AWAY_MS;
    this.#lostAt = null;
    if (this.#wasAway) this.#timer = setTimeout(() => this.#back(), Math.random() * SPREAD_MS);
  }

  #back(): void {
    this.#wasAway = false;
    this.renew();
  }

  #members(): string[] {
    const { current, members } = this.#app;
    return current ? members.of(current).map(({ user }) => user) : [];
  }

  /** The other sides of direct rooms, the latest first. */
  #others(): string[] {
    return this.#app.rooms().flatMap(({ kind, other }) => kind === 'direct' && other && other !== this.#app.me ? [other] : []);
  }
}

function writers(events: readonly ChatEvent[]): string[] {
  return events.flatMap(event => event.type === 'message' ? [event.from] : []);
}
