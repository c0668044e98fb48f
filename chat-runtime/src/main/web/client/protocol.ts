/** The wire protocol `chat.v1.json` as types; asyncapi.yaml is its description. */

export const SUBPROTOCOL = 'chat.v1.json';

export type Role = 'owner' | 'admin' | 'member' | 'readonly';
export type RoomKind = 'direct' | 'group';
export type PresenceState = 'online' | 'away' | 'offline';

export const ERROR_CODES = [
  'unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid', 'too_large', 'rate_limited', 'unavailable', 'unsupported', 'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface Attachment {
  id: string;
  name?: string;
  contentType?: string;
  bytes?: number;
  width?: number;
  height?: number;
  /** A small picture as a data address, shown until the file has come. */
  preview?: string;
}

interface EventBase {
  /** Dense from 1 in each room. */
  seq: number;
  /** Epoch milliseconds; never decreases with seq. */
  time: number;
  from: string;
}

/** Who reacted with one emoji; where there are very many, not all are named. */
export interface Reaction { readonly count: number; readonly users: readonly string[] }

export interface MessageEvent extends EventBase {
  type: 'message';
  clientMessageId: string;
  text?: string;
  attachments?: (Attachment | string)[];
  replyTo?: number;
  editedAt?: number;
  deleted?: boolean;
  reactions?: Record<string, Reaction>;
}

export interface EditEvent extends EventBase { type: 'edit'; target: number; text: string }
export interface DeleteEvent extends EventBase { type: 'delete'; target: number }
export interface ReactionEvent extends EventBase { type: 'reaction'; target: number; emoji: string; remove?: boolean }
export interface MemberEvent extends EventBase { type: 'joined' | 'left' | 'role'; user: string; role?: Role }
export interface RoomEvent extends EventBase { type: 'room'; name?: string; deleted?: boolean }

/** A stored event of a room. Newer services may send types that are not named here. */
export type ChatEvent = MessageEvent | EditEvent | DeleteEvent | ReactionEvent | MemberEvent | RoomEvent;

/** A room as the user sees it. */
export interface RoomEntry {
  room: string;
  kind: RoomKind;
  name?: string;
  role: Role;
  tail: number;
  read: number;
  unread: number;
  gap?: boolean;
  /** A direct room's other user, where the service tells. */
  with?: string;
  muted?: boolean;
  lastMessage?: MessageEvent;
}

/** What each command takes and what its reply holds. */
export interface Commands {
  connect: {
    body: { token: string; device?: string; resume?: Record<string, number> };
    reply: { session: string; user: string; pingSeconds: number; rooms: RoomEntry[] };
  };
  send: {
    body: { room: string; clientMessageId: string; text?: string; attachments?: string[]; replyTo?: number };
    reply: { seq: number; time: number; duplicate: boolean };
  };
  edit: { body: { room: string; seq: number; text: string }; reply: { seq: number } };
  delete: { body: { room: string; seq: number }; reply: { seq: number } };
  react: { body: { room: string; seq: number; emoji: string; remove?: boolean }; reply: { seq: number } };
  read: { body: { room: string; seq: number }; reply: object };
  typing: { body: { room: string }; reply: object };
  history: {
    body: { room: string; before?: number; after?: number; at?: number; limit?: number };
    reply: { events: ChatEvent[]; more: boolean };
  };
  subscribe: { body: { presenceOf: string[] }; reply: object };
  unsubscribe: { body: { presenceOf: string[] }; reply: object };
  refresh: { body: { token: string }; reply: { expiresAt: number } };
  ping: { body: object; reply: object };
}
export type CommandName = keyof Commands;

export interface ErrorBody { code: ErrorCode; message: string; retryable: boolean; retryAfterMs?: number }
export interface Presence { user: string; state: PresenceState; lastSeen?: number }
export type RoomChange = { change: 'added' | 'changed' } & RoomEntry | { change: 'removed'; room: string };

/** What the service tells without being asked: exactly one of these. */
export interface PushFrame {
  push?: { room: string; events: ChatEvent[] };
  presence?: Presence;
  typing?: { room: string; user: string };
  read?: { room: string; user: string; seq: number };
  room?: RoomChange;
  reconnect?: { afterMs: number; reason: string };
  error?: ErrorBody;
}

/** Close codes from here on mean: do not come back with the same token. */
export const CLOSE_FINAL_MIN = 4500;
export const CLOSE_TOKEN_EXPIRED = 4007;
export const CLOSE_UNAUTHENTICATED = 4500;
