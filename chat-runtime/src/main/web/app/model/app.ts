import type { ChatClient, Message, Room } from '../../client/index.ts';
import { Emitter } from '../../client/emitter.ts';
import { CLOSE_UNAUTHENTICATED } from '../../client/protocol.ts';
import type { AppConfig } from '../config.ts';
import { m } from '../i18n/index.ts';
import { Asking } from './asking.ts';
import { Drafts } from './drafts.ts';
import { Edits } from './edits.ts';
import { Faces } from './faces.ts';
import { FileUrls } from './files.ts';
import { Members } from './members.ts';
import { maybeMentioned, withNames } from './mentions.ts';
import { newestFirst } from './order.ts';
import { Opened } from './opened.ts';
import { People } from './people.ts';
import { problemText } from './problem.ts';
import { giveUpRefusedFiles } from './refused-files.ts';
import { RoomPages } from './room-pages.ts';
import { Shown } from './shown.ts';
import { summary } from './summary.ts';
import { Writing } from './writing.ts';

export interface AppEvents {
  /** Another room is open, or none. */
  current: Room | null;
  /** Who is in a room has changed, or has become known. */
  members: Room;
  /** Names have changed. */
  people: void;
  /** What the composer is about has changed: a reply, an edit, or neither. */
  composing: void;
  /** Another window of the user has written something in a room. */
  draft: Room;
  /** The user has asked to sign out. */
  leaving: void;
  /** Somebody wants to see the message of this sequence. */
  goTo: number;
  /** Something to tell the person, once. */
  notice: Notice;
  /** What was told does not hold any more. */
  noticeOver: Notice;
}

/** What the person is told, and what they can do about it. */
export interface Notice { text: string; action?: { label: string; run(): void } }

const PREFETCHED_ROOMS = 15;

/** What the app is about at the moment: the open room, and what is being written. */
export class App extends Emitter<AppEvents> {
  readonly client: ChatClient;
  readonly config: AppConfig;
  readonly people: People;
  readonly files: FileUrls;
  readonly faces: Faces;
  readonly members: Members;
  readonly roomPages: RoomPages;
  readonly writing: Writing;
  readonly signOut: () => Promise<void>;
  readonly #opened: Opened;
  readonly #shown: Shown;
  readonly #asking: Asking;
  #drafts: Drafts | null = null;
  #edits: Edits | null = null;
  current: Room | null = null;
  /** Changes with every change of names. */
  namesVersion = 0;
  #prefetching = false;
  /** Those of which all was asked that a list shows; the first connection asks. */
  #asked: Set<string> | null = null;
  #changing = false;

  constructor(client: ChatClient, config: AppConfig, signOut: () => Promise<void>) {
    super();
    this.client = client;
    this.config = config;
    this.files = new FileUrls(client);
    const namesChanged = (): void => {
      this.namesVersion++;
      this.emit('people', undefined);
    };
    this.faces = new Faces(this.files, namesChanged);
    this.#opened = new Opened(client, ({ id }) => this.drafts.has(id) || client.outbox.of(id).length > 0);
    this.members = new Members(client, id => this.#opened.has(id), room => {
      this.namesVersion++;
      if (room === this.current) this.#shown.membersChanged();
      this.emit('members', room);
    });
    this.roomPages = new RoomPages(client);
    this.writing = new Writing(this, () => this.emit('composing', undefined));
    this.#asking = new Asking(client);
    this.people = new People(client, namesChanged);
    this.#shown = new Shown(this);
    giveUpRefusedFiles(this);
    this.signOut = async () => {
      this.emit('leaving', undefined);
      this.drafts.forget();
      this.edits.forget();
      this.people.forget();
      await this.faces.forget();
      await signOut();
    };
    client.on('removed', ({ room, unsent }) => {
      this.#asked?.delete(room);
      const open = this.current?.id === room ? this.current : null;
      if (open) this.close();
      if (unsent.length > 0) this.tell(m.givenUp(unsent.length));
      else if (open) this.tell(m.notInRoom(this.titleOf(open)));
    });
    client.on('state', state => {
      this.#asking.about(this.current);
      if (state.name !== 'live') return;
      this.people.retry();
      this.faces.retry();
      if (this.current) void this.members.load(this.current);
      void this.#prefetch();
    });
  }

  get me(): string {
    return this.client.user;
  }

  /** Whether nothing here is the user's any more: they have signed out, or their token is refused. */
  get hasLeft(): boolean {
    const { state } = this.client;
    return state.name === 'stopped' && state.code <= CLOSE_UNAUTHENTICATED;
  }

  get drafts(): Drafts {
    return this.#drafts ??= new Drafts(this.me, id => this.renew(this.client.rooms.get(id)));
  }

  get edits(): Edits {
    return this.#edits ??= new Edits(this.me, id => this.renew(this.client.rooms.get(id)));
  }

  titleOf(room: Room): string {
    if (room.kind === 'group') return room.name ?? m.unnamedRoom;
    if (!room.other) return m.unnamedRoom;
    return room.other === this.me ? m.noteToSelf(this.people.name(this.me)) : this.people.name(room.other);
  }

  /** Whether somebody may be mentioned in a room; where its members are not known, whoever is known at all. */
  isPerson(room: Room | null, user: string): boolean {
    if (user === this.me) return true;
    return room && this.members.of(room).length === 0 ? this.people.knows(user) : this.members.has(room, user);
  }

  /** What was written in a room, with people by their names. */
  named(room: Room | null, text: string): string {
    if (!text.includes('@')) return text;
    if (room && this.members.of(room).length === 0) for (const user of maybeMentioned(text)) this.people.name(user);
    return withNames(text, user => this.isPerson(room, user), user => this.people.name(user));
  }

  /** A message of a room in one line. */
  summary(room: Room | null, message: Pick<Message, 'text' | 'attachments' | 'deleted'>): string {
    return summary(message, text => this.named(room, text));
  }

  /** Rooms by what happened last. */
  rooms(): Room[] {
    return newestFirst(this.client);
  }

  open(room: Room): void {
    if (this.current === room) return;
    this.current = room;
    this.#opened.add(room);
    this.#shown.opened();
    this.#asking.about(this.current);
    this.writing.open(room);
    this.emit('current', room);
    // There is one place for what is told: what can be done about comes last.
    this.writing.remind();
    void this.members.load(room);
    if (room.other && room.other !== this.me) this.people.refresh(room.other);
  }

  close(): void {
    this.current = null;
    this.#shown.watchRoom();
    this.#asking.about(this.current);
    this.writing.open(null);
    this.emit('current', null);
  }

  /** Another window may have written in a room. */
  renew(room: Room | null | undefined): void {
    if (!room) return;
    this.writing.renew(room);
    this.emit('draft', room);
  }

  /** Somebody looks at the page again. */
  lookedAt(): void {
    this.#shown.renew();
  }

  goTo(seq: number): void {
    this.emit('goTo', seq);
  }

  /** @returns what can be taken back once it does not hold any more */
  tell(text: string, action?: Notice['action']): Notice {
    const notice = { text, action };
    this.emit('notice', notice);
    return notice;
  }

  takeBack(notice: Notice): void {
    this.emit('noticeOver', notice);
  }

  async whenLive(): Promise<void> {
    if (this.client.state.name !== 'live') await this.client.once('state', ({ name }) => name === 'live');
  }

  /** Runs what may fail, and tells the person when it does. @returns whether it worked */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      this.tell(problemText(error));
      return false;
    }
  }

  async openDirect(user: string): Promise<void> {
    const entry = await this.client.api.direct(user);
    const room = this.client.remember({ ...entry, with: entry.with ?? user });
    room.openedAt ??= Date.now();
    this.open(room);
  }

  async openGroup(name: string, members: readonly string[]): Promise<void> {
    const room = this.client.remember(await this.client.api.group(name, members));
    room.openedAt ??= Date.now();
    this.open(room);
  }

  /** Those the user talks with, the latest first. */
  met(): string[] {
    const users = this.rooms().flatMap(room => [...(room.other ? [room.other] : []), ...this.members.of(room).map(({ user }) => user)]);
    return [...new Set(users)].filter(user => user !== this.me).slice(0, 10);
  }

  /** Who is on the other side of direct rooms, and the newest messages of the first rooms, for lists and for reading offline. */
  async #prefetch(): Promise<void> {
    if (this.#prefetching) return;
    this.#prefetching = true;
    this.#asked = new Set(this.client.rooms.keys());
    try {
      const entries = await this.client.api.rooms();
      for (const entry of entries) if (this.client.rooms.has(entry.room)) this.client.remember(entry);
      const listed = new Set(entries.map(({ room }) => room));
      // Nobody tells of the end of a room that is not followed.
      for (const room of [...this.client.rooms.values()]) if (!room.live && !listed.has(room.id)) await this.client.catchUp(room);
      for (const room of [...this.client.rooms.values()].filter(({ kind, other }) => kind === 'direct' && !other)) {
        const members = await this.client.api.members(room.id);
        room.other = members.map(({ user }) => user).find(user => user !== this.me) ?? this.me;
        this.client.remember(room.entry());
      }
      for (const room of this.rooms().slice(0, PREFETCHED_ROOMS)) {
        if (room.tail > 0 && !room.timeline.range()) await this.client.older(room);
      }
      this.roomsChanged();
    } catch (error) {
      // Nothing is lost: opening a room asks again, and the next connection begins anew.
      console.debug('prefetch ended early', error);
    } finally {
      this.#prefetching = false;
    }
  }

  /**
   * A new direct room needs its other side's name and presence as well; and of a room that the user was added to, its last message.
   * Many changes at once are looked at once.
   */
  roomsChanged(): void {
    if (this.#changing || this.client.state.name !== 'live') return;
    this.#changing = true;
    queueMicrotask(() => {
      this.#changing = false;
      this.#shown.watchList();
      if ([...this.client.rooms.values()].some(room => this.#isHalfKnown(room))) void this.#prefetch();
    });
  }

  /**
   * What the connection does not follow has come from the list, which tells all, unless the user was just added to it. Of a room in
   * which nothing has happened there is only its time to know.
   */
  #isHalfKnown({ id, kind, other, live, tail, lastMessage, activeAt }: Room): boolean {
    return kind === 'direct' && !other || !(live && tail > 0 ? lastMessage : activeAt) && this.#asked?.has(id) === false;
  }
}
