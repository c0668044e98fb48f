/** The wire protocol `chat.v1.json` as types, made of those of asyncapi.yaml. */

import type { Commands as Described, Http, LiveAttachment, LiveEvent, LiveRoom, Pushes, Refusal } from './schema.ts';

export const SUBPROTOCOL = 'chat.v1.json';

export type Role = NonNullable<LiveRoom['role']>;
export type RoomKind = NonNullable<LiveRoom['kind']>;
export type Presence = Pushes['presence'];
export type PresenceState = Presence['state'];
export type ErrorBody = Refusal;
export type ErrorCode = Refusal['code'];

/** What the service always tells of a type, and what it may leave out. */
type Told<Type, Always extends keyof Type, Maybe extends keyof Type = never> = Required<Pick<Type, Always>> & Partial<Pick<Type, Maybe>>;

/** A file beside a message; on its way only the id is known for certain. */
export type Attachment = Told<LiveAttachment, 'id', Exclude<keyof LiveAttachment, 'id'>>;

/** `seq` is dense from 1 in each room; `time` is in epoch milliseconds and never decreases with it. */
type EventOf<Type extends string, Always extends keyof LiveEvent = never, Maybe extends keyof LiveEvent = never> =
  { type: Type } & Told<LiveEvent, 'seq' | 'time' | 'from' | Always, Maybe>;

/** Who reacted with one emoji; where there are very many, not all are named. */
export type Reaction = Readonly<NonNullable<LiveEvent['reactions']>[string]>;

export type MessageEvent = EventOf<'message', 'clientMessageId', 'text' | 'replyTo' | 'editedAt' | 'deleted'>
  & { attachments?: Attachment[]; reactions?: Record<string, Reaction> };
export type EditEvent = EventOf<'edit', 'target' | 'text'>;
export type DeleteEvent = EventOf<'delete', 'target'>;
export type ReactionEvent = EventOf<'reaction', 'target' | 'emoji', 'remove'>;
export type MemberEvent = EventOf<'joined' | 'left' | 'role', 'user'> & { role?: Role };
export type RoomEvent = EventOf<'room', never, 'name' | 'deleted'>;

/** A stored event of a room. Newer services may send types that are not named here. */
export type ChatEvent = MessageEvent | EditEvent | DeleteEvent | ReactionEvent | MemberEvent | RoomEvent;

/** A room as the user sees it; in lists over HTTP with its last message, and with when something last happened there. */
export type RoomEntry = Told<LiveRoom, 'room' | 'kind' | 'role' | 'tail' | 'read' | 'unread', 'name' | 'with' | 'muted' | 'gap' | 'live'>
  & Pick<Http['Room'], 'activeAt'> & { lastMessage?: MessageEvent };

/** What each command takes and what its reply holds. */
export interface Commands extends Omit<Described, 'connect' | 'history'> {
  connect: { body: Described['connect']['body']; reply: Omit<Described['connect']['reply'], 'rooms'> & { rooms: RoomEntry[] } };
  history: { body: Described['history']['body']; reply: Omit<Described['history']['reply'], 'events'> & { events: ChatEvent[] } };
}
export type CommandName = keyof Commands;

export type RoomChange =
  | { change: Exclude<Pushes['room']['change'], 'removed'> } & RoomEntry
  | { change: Extract<Pushes['room']['change'], 'removed'>; room: string };

/** What the service tells without being asked: exactly one of these. */
export type PushFrame = Partial<Omit<Pushes, 'push' | 'room'>> & {
  push?: Omit<Pushes['push'], 'events'> & { events: ChatEvent[] };
  room?: RoomChange;
  error?: ErrorBody;
};

/** Close codes from here on mean: do not come back with the same token. */
export const CLOSE_FINAL_MIN = 4500;
export const CLOSE_TOKEN_EXPIRED = 4007;
export const CLOSE_UNAUTHENTICATED = 4500;
