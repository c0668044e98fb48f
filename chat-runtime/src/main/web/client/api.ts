import type { Environment } from './environment.ts';
import { ChatError } from './errors.ts';
import type { ChatEvent, ErrorCode, Presence, Role, RoomEntry } from './protocol.ts';
import type { Http } from './schema.ts';
import type { TokenSource } from './token.ts';

export type Member = Required<Pick<Http['Member'], 'user' | 'joinedAt' | 'read'>> & { role: Role };
export type User = Required<Pick<Http['Me'], 'user'>> & Omit<Http['Me'], 'user'>;
export type UploadPlace = Required<Http['Announcement']>;
export type UploadDescription = Required<Http['NewAttachment']>;

export type Page<Key extends string, Item> = Record<Key, Item[]> & { cursor?: string };

interface Problem { code?: ErrorCode; detail?: string; retryAfterMs?: number }

const segment = encodeURIComponent;

/** The HTTP interface under `/api/v1`: rooms, members, people and files. */
export class Api {
  readonly #base: string;
  readonly #token: TokenSource;
  readonly #environment: Environment;

  constructor(base: string, token: TokenSource, environment: Environment) {
    this.#base = base.replace(/\/$/, '') + '/api/v1';
    this.#token = token;
    this.#environment = environment;
  }

  direct(other: string): Promise<RoomEntry> {
    return this.#json('POST', '/rooms', { kind: 'direct', with: other } satisfies Http['NewRoom']);
  }

  group(name: string, members: readonly string[]): Promise<RoomEntry> {
    return this.#json('POST', '/rooms', { kind: 'group', name, members: [...members] } satisfies Http['NewRoom']);
  }

  rooms(): Promise<RoomEntry[]> {
    return this.#all<'rooms', RoomEntry>('/rooms', 'rooms');
  }

  /** @param cursor from the page before; each page but the last has one */
  roomsPage(cursor?: string): Promise<Page<'rooms', RoomEntry>> {
    return this.#page('/rooms?limit=100', cursor);
  }

  room(room: string): Promise<RoomEntry> {
    return this.#json('GET', `/rooms/${segment(room)}`);
  }

  rename(room: string, name: string): Promise<RoomEntry> {
    return this.#json('PATCH', `/rooms/${segment(room)}`, { name } satisfies Http['RoomName']);
  }

  deleteRoom(room: string): Promise<void> {
    return this.#json('DELETE', `/rooms/${segment(room)}`);
  }

  mute(room: string, muted: boolean): Promise<void> {
    return this.#json('PATCH', `/rooms/${segment(room)}/me`, { muted } satisfies Http['MyRoomSettings']);
  }

  members(room: string): Promise<Member[]> {
    return this.#all<'members', Member>(`/rooms/${segment(room)}/members`, 'members');
  }

  putMember(room: string, user: string, role: Role): Promise<void> {
    return this.#json('PUT', `/rooms/${segment(room)}/members/${segment(user)}`, { role } satisfies Http['MemberRole']);
  }

  removeMember(room: string, user: string): Promise<void> {
    return this.#json('DELETE', `/rooms/${segment(room)}/members/${segment(user)}`);
  }

  messagesAt(room: string, time: number, limit: number): Promise<{ events: ChatEvent[]; more: boolean }> {
    return this.#json('GET', `/rooms/${segment(room)}/messages?at=${time}&limit=${limit}`);
  }

  me(): Promise<User> {
    return this.#json('GET', '/users/me');
  }

  updateMe(profile: Http['NewProfile']): Promise<User> {
    return this.#json('PUT', '/users/me', profile);
  }

  user(user: string): Promise<User> {
    return this.#json('GET', `/users/${segment(user)}`);
  }

  async people(query: string): Promise<User[]> {
    return (await this.#json<{ users: User[] }>('GET', `/users?query=${segment(query)}`)).users;
  }

  async presence(users: readonly string[]): Promise<Presence[]> {
    return (await this.#json<{ presence: Presence[] }>('GET', `/presence?users=${segment(users.join(','))}`)).presence;
  }

  block(user: string, blocked: boolean): Promise<void> {
    return this.#json(blocked ? 'PUT' : 'DELETE', `/users/me/blocks/${segment(user)}`);
  }

  /** Whether the user blocks somebody. */
  async isBlocked(other: string): Promise<boolean> {
    for await (const users of this.#pages<'users', string>('/users/me/blocks?limit=1000', 'users')) if (users.includes(other)) return true;
    return false;
  }

  uploadPlace(room: string, file: UploadDescription): Promise<UploadPlace> {
    return this.#json('POST', `/rooms/${segment(room)}/attachments`, file);
  }

  /** A place for the picture that the user shows; its id becomes the profile's `avatar` once the file is there. */
  avatarPlace(file: UploadDescription): Promise<UploadPlace> {
    return this.#json('POST', '/users/me/avatar', file);
  }

  /** Puts a file at its place, which takes no token. */
  put({ uploadUrl, headers }: UploadPlace, data: Blob, signal?: AbortSignal): Promise<Response> {
    return this.#environment.fetch(uploadUrl, { method: 'PUT', headers, body: data, signal });
  }

  /** The file at an address, which takes no token. */
  file(url: string): Promise<Response> {
    return this.#environment.fetch(url);
  }

  attachmentUrl(id: string): Promise<Required<Http['Download']>> {
    return this.#json('GET', `/attachments/${segment(id)}?redirect=false`);
  }

  async #all<Key extends string, Item>(path: string, key: Key): Promise<Item[]> {
    const items: Item[] = [];
    for await (const page of this.#pages<Key, Item>(path, key)) items.push(...page);
    return items;
  }

  async * #pages<Key extends string, Item>(path: string, key: Key): AsyncGenerator<Item[]> {
    let cursor: string | undefined;
    do {
      const page: Page<Key, Item> = await this.#page(path, cursor);
      yield page[key];
      cursor = page.cursor;
    } while (cursor);
  }

  #page<Key extends string, Item>(path: string, cursor?: string): Promise<Page<Key, Item>> {
    return this.#json('GET', cursor ? `${path}${path.includes('?') ? '&' : '?'}cursor=${segment(cursor)}` : path);
  }

  /** @throws ChatError the problem's code, or `disconnected` when nothing answers */
  async #json<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response = await this.#fetch(method, path, body, false);
    if (response.status === 401) response = await this.#fetch(method, path, body, true);
    if (!response.ok) throw await problemOf(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async #fetch(method: string, path: string, body: unknown, fresh: boolean): Promise<Response> {
    const token = await this.#token(fresh);
    try {
      return await this.#environment.fetch(this.#base + path, {
        method,
        headers: { Authorization: 'Bearer ' + token, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw ChatError.disconnected('The service cannot be reached');
    }
  }
}

async function problemOf(response: Response): Promise<ChatError> {
  const problem = await response.json().catch(() => ({})) as Problem;
  const retryable = response.status === 429 || response.status >= 500 && response.status !== 501;
  const code = problem.code ?? (response.status === 404 ? 'not_found' : response.status >= 500 ? 'unavailable' : 'invalid');
  return new ChatError(code, problem.detail ?? `HTTP ${response.status}`, retryable, problem.retryAfterMs);
}
