import { Api } from './api.ts';
import { Emitter } from './emitter.ts';
import { type Environment, globalEnvironment } from './environment.ts';
import { asChatError } from './errors.ts';
import { Following } from './following.ts';
import { History } from './history.ts';
import { ReadMarkers } from './markers.ts';
import type { ChatEvents, ChatOptions } from './options.ts';
import { eventOf, Outbox, type Stored, type Unsent } from './outbox.ts';
import { Presences } from './presence.ts';
import type { Attachment, ChatEvent, PushFrame, RoomEntry } from './protocol.ts';
import { Room } from './room.ts';
import { type Connected, type ConnectionState, Session } from './session.ts';
import { Keeping, MemoryStorage } from './storage.ts';
import { RoomArchive } from './archive.ts';
import { Typing } from './typing.ts';
import { upload, type UploadFile, type UploadOptions } from './upload.ts';

const READ_DELAY_MS = 300;

/** A user's chat: rooms, messages, and everything that keeps them right. */
export class ChatClient extends Emitter<ChatEvents> {
  readonly rooms = new Map<string, Room>();
  readonly api: Api;
  readonly outbox: Outbox;
  readonly presences: Presences;
  readonly #history: History;
  readonly #following: Following;
  readonly #session: Session;
  readonly #environment: Environment;
  readonly #storage: Keeping;
  readonly #archive: RoomArchive;
  readonly #typing: Typing;
  readonly #markers: ReadMarkers;
  #user: string | undefined;

  constructor(options: ChatOptions) {
    super();
    this.#environment = options.environment ?? globalEnvironment();
    this.#storage = new Keeping(options.storage ?? new MemoryStorage(), error => this.emit('problem', asChatError(error)));
    this.#user = options.user;
    this.api = new Api(options.url, options.token, this.#environment);
    this.#session = new Session({
      url: options.url.replace(/^http/, 'ws').replace(/\/$/, '') + '/ws',
      token: options.token,
      device: options.device,
      positions: () => this.#following.positions(),
      environment: this.#environment,
    });
    this.#history = new History(this.#session, this.#environment, {
      arrived: (room, events) => this.#arrived(room, events),
      missed: (room, events) => this.#happened(room, events),
    });
    this.#following = new Following(this.rooms, this.#history);
    this.#archive = new RoomArchive(this.#storage, this.#environment);
    this.#markers = new ReadMarkers(this.#session, this.#environment);
    this.#typing = new Typing(this.#session, this.#environment, room => this.emit('typing', room));
    this.presences = new Presences(this.#session, presence => this.emit('presence', presence));
    this.outbox = new Outbox(this.#environment, this.#storage, {
      send: body => this.#session.request('send', body),
      history: body => this.#session.request('history', body),
      connected: () => this.#session.state.name === 'live',
      position: room => this.rooms.get(room)?.timeline.position ?? 0,
      changed: id => this.#unsentChanged(id),
      acknowledged: (message, stored) => this.#acknowledged(message, stored),
    });
    this.#session.on('state', state => this.#stateChanged(state));
    this.#session.on('connected', reply => this.#connected(reply));
    this.#session.on('push', frame => this.#pushed(frame));
  }

  /** The signed-in user; empty until known. */
  get user(): string {
    return this.#user ?? '';
  }

  get state(): ConnectionState {
    return this.#session.state;
  }

  /** Whether the user is in more rooms than the connection follows: `api.roomsPage` has all of them. */
  get more(): boolean {
    return this.#following.more;
  }

  /** Shows what was kept, then connects. */
  async start(): Promise<void> {
    if (this.#user !== undefined) await this.#restore(this.#user);
    this.#session.start();
  }

  /** Disconnects; with `forget`, nothing of the user stays on the device. @returns false where the device has not forgotten it */
  async stop(options: { forget?: boolean } = {}): Promise<boolean> {
    this.#session.stop();
    await this.#archive.close();
    return !options.forget || this.#user === undefined || this.#storage.clear(this.#user + '/');
  }

  /** For `online` and `offline` events of the device. */
  network(online: boolean): void {
    this.#session.network(online);
  }

  /** For when the device wakes up or the page is shown again. */
  wake(): void {
    this.#session.wake();
  }

  /** For when the page or the app may end at any moment: keeps at once what it would keep soon. */
  keep(): Promise<void> {
    return this.#archive.flush();
  }

  retryNow(): void {
    this.#session.retryNow();
  }

  /** The message is shown at once, kept, and sent as soon as that can be. */
  send(room: string, text: string, more: { attachments?: readonly Attachment[]; replyTo?: number } = {}): Unsent {
    return this.outbox.add({ room, text, ...more });
  }

  /** @returns the sequence of the change */
  async edit(room: string, seq: number, text: string): Promise<number> {
    const change = await this.#session.request('edit', { room, seq, text });
    await this.#following.done(room);
    return change.seq;
  }

  async delete(room: string, seq: number): Promise<void> {
    await this.#session.request('delete', { room, seq });
    await this.#following.done(room);
  }

  async react(room: string, seq: number, emoji: string, remove = false): Promise<void> {
    await this.#session.request('react', { room, seq, emoji, remove });
    await this.#following.done(room);
  }

  upload(room: string, file: UploadFile, options?: UploadOptions): Promise<Attachment> {
    return upload(this.api, room, file, options);
  }

  /** @returns whether there is more before */
  older(room: Room, around?: number): Promise<boolean> {
    return this.#history.older(room, around);
  }

  /** @returns whether there is more after */
  newer(room: Room, around: number): Promise<boolean> {
    return this.#history.newer(room, around);
  }

  /** Makes the events around a sequence known. */
  around(room: Room, seq: number): Promise<void> {
    return this.#history.around(room, seq);
  }

  /** Takes over what has happened in a room that the connection does not follow. */
  async catchUp(room: Room): Promise<void> {
    try {
      this.remember(await this.api.room(room.id));
    } catch (error) {
      if (asChatError(error).code !== 'not_found') throw error;
      this.#forget(room.id);
      return;
    }
    await this.#following.catchUp(room);
    this.emit('messages', { room, events: [] });
  }

  /** Tells others that the user is typing; at most every few seconds. */
  typing(room: string): void {
    this.#typing.tell(room);
  }

  /** Moves the user's read marker forward. */
  markRead(room: Room, seq: number): void {
    if (!room.markRead(seq, this.user)) return;
    this.emit('rooms', undefined);
    this.#archive.save(room);
    this.#markers.send(room, READ_DELAY_MS);
  }

  remember(entry: RoomEntry): Room {
    const known = this.rooms.get(entry.room);
    if (known) known.update(entry);
    const room = known ?? new Room(entry);
    this.rooms.set(room.id, room);
    this.#archive.save(room);
    this.emit('rooms', undefined);
    return room;
  }

  async #restore(user: string): Promise<void> {
    const kept = await this.#archive.open(user);
    // Once the service has told of the user's rooms there are no others.
    if (this.state.name === 'stopped') for (const room of kept) if (!this.rooms.has(room.id)) this.rooms.set(room.id, room);
    await this.outbox.restore(user + '/outbox/');
    this.emit('rooms', undefined);
  }

  #stateChanged(state: ConnectionState): void {
    const isLive = state.name === 'live';
    if (isLive) for (const id of this.outbox.rooms) this.#unsentChanged(id);
    this.outbox.connection(isLive);
    if (isLive) this.presences.resubscribe();
    this.emit('state', state);
  }

  #connected(reply: Connected): void {
    const newcomer = this.#user !== reply.user || !this.#archive.isOpen;
    this.#user = reply.user;
    const { begun, gone } = this.#following.connected(reply);
    gone.forEach(id => this.#forget(id));
    for (const entry of reply.rooms) {
      const markedHere = this.rooms.get(entry.room)?.read ?? 0;
      const room = this.remember({ live: true, ...entry });
      if (entry.gap || begun.has(room.id)) room.timeline.jumpTo(entry.tail);
      if (markedHere > entry.read) this.#markers.send(room, 0);
      this.emit('messages', { room, events: [] });
    }
    if (newcomer) void this.#restore(reply.user);
  }

  #pushed(frame: PushFrame): void {
    if (frame.push) this.#events(frame.push.room, frame.push.events);
    else if (frame.room) this.#roomChanged(frame.room);
    else if (frame.presence) this.presences.told(frame.presence);
    else if (frame.typing) this.#typed(frame.typing.room, frame.typing.user);
    else if (frame.read) this.#read(frame.read.room, frame.read.user, frame.read.seq);
  }

  #events(id: string, events: readonly ChatEvent[]): void {
    const room = this.rooms.get(id);
    if (!room) return;
    const { fresh, hole } = room.timeline.live(events);
    if (hole) void this.#history.fill(room);
    this.#happened(room, fresh);
  }

  #happened(room: Room, events: readonly ChatEvent[]): void {
    room.happened(events, this.user);
    this.#arrived(room, events, events);
  }

  /** @param fresh those that have just happened */
  #arrived(room: Room, events: readonly ChatEvent[], fresh: readonly ChatEvent[] = []): void {
    this.outbox.seen(this.user, events);
    this.#archive.save(room);
    this.emit('messages', { room, events: fresh });
    this.emit('rooms', undefined);
  }

  /** The push of the message is usually here before the answer; otherwise it is shown without it. */
  #acknowledged(message: Unsent, stored: Stored): void {
    const room = this.rooms.get(message.room);
    if (!room || stored.seq <= room.timeline.position || room.timeline.message(stored.seq)) return;
    if (stored.seq === room.timeline.position + 1) this.#events(room.id, [eventOf(message, stored, this.user)]);
    else void this.#following.done(room.id);
  }

  #roomChanged(change: NonNullable<PushFrame['room']>): void {
    if (change.change === 'removed') {
      this.#forget(change.room);
      return;
    }
    this.remember({ live: true, ...change });
    // Only who shares a room with the user is shown to the user: that may be so from now on.
    if (change.change === 'added') this.presences.resubscribe();
  }

  #forget(id: string): void {
    const unsent = this.outbox.drop(id);
    if (!this.rooms.delete(id) && unsent.length === 0) return;
    this.#archive.remove(id);
    this.emit('removed', { room: id, unsent });
    this.emit('rooms', undefined);
  }

  /** Nobody would see what was refused in a room that is not there. */
  #unsentChanged(id: string): void {
    const room = this.rooms.get(id);
    if (room) this.emit('messages', { room, events: [] });
    else if (this.state.name === 'live' && this.outbox.of(id).every(({ state }) => state === 'failed')) this.#forget(id);
  }

  #typed(id: string, user: string): void {
    const room = this.rooms.get(id);
    if (room && user !== this.user) this.#typing.told(room, user);
  }

  #read(id: string, user: string, seq: number): void {
    const room = this.rooms.get(id);
    if (!room) return;
    if (user === this.user && room.markRead(seq, user)) this.emit('rooms', undefined);
    if (room.hasRead(user, seq)) this.emit('read', { room, user });
  }
}
