import type { Environment } from './environment.ts';
import { ChatError } from './errors.ts';
import type { Attachment, ChatEvent, ErrorCode, Presence, Role, RoomEntry } from './protocol.ts';
import type { TokenSource } from './token.ts';

export interface Member { user: string; role: Role; joinedAt: number; read: number; displayName?: string }
export interface User { user: string; displayName?: string; avatar?: string; expiresAt?: number }
export interface UploadPlace { attachment: string | Attachment; uploadUrl: string; headers?: Record<string, string>; expiresAt: number }

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
    return this.#json('POST', '/rooms', { kind: 'direct', with: other });
  }

  group(name: string, members: readonly string[]): Promise<RoomEntry> {
    return this.#json('POST', '/rooms', { kind: 'group', name, members });
  }

  async rooms(): Promise<RoomEntry[]> {
    return this.#pages<'rooms', RoomEntry>('/rooms', 'rooms');
  }

  room(room: string): Promise<RoomEntry> {
    return this.#json('GET', `/rooms/${segment(room)}`);
  }

  rename(room: string, name: string): Promise<RoomEntry> {
    return this.#json('PATCH', `/rooms/${segment(room)}`, { name });
  }

  deleteRoom(room: string): Promise<void> {
    return this.#json('DELETE', `/rooms/${segment(room)}`);
  }

  mute(room: string, muted: boolean): Promise<void> {
    return this.#json('PATCH', `/rooms/${segment(room)}/me`, { muted });
  }

  async members(room: string): Promise<Member[]> {
    return this.#pages<'members', Member>(`/rooms/${segment(room)}/members`, 'members');
  }

  putMember(room: string, user: string, role: Role): Promise<void> {
    return this.#json('PUT', `/rooms/${segment(room)}/members/${segment(user)}`, { role });
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

  updateMe(profile: { displayName?: string; avatar?: string }): Promise<User> {
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

  uploadPlace(room: string, file: { name: string; contentType: string; bytes: number }): Promise<UploadPlace> {
    return this.#json('POST', `/rooms/${segment(room)}/attachments`, file);
  }

  attachmentUrl(id: string): Promise<{ url: string; expiresAt: number }> {
    return this.#json('GET', `/attachments/${segment(id)}?redirect=false`);
  }

  async #pages<Key extends string, Item>(path: string, key: Key): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | undefined;
    do {
      const page: { cursor?: string } & Record<Key, Item[]> = await this.#json('GET', path + (cursor ? `?cursor=${segment(cursor)}` : ''));
      items.push(...page[key]);
      cursor = page.cursor;
    } while (cursor);
    return items;
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
