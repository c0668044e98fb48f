import type { Environment } from './environment.ts';
import type { ChatError } from './errors.ts';
import type { Unsent } from './outbox.ts';
import type { ChatEvent, Presence } from './protocol.ts';
import type { Room } from './room.ts';
import type { ConnectionState } from './session.ts';
import type { ChatStorage } from './storage.ts';
import type { TokenSource } from './token.ts';

export interface ChatOptions {
  /** The service's address, such as `https://chat.example.com`. */
  url: string;
  token: TokenSource;
  /** Who the user is, if known: what was kept is there before the connection is. */
  user?: string;
  device?: string;
  storage?: ChatStorage;
  environment?: Environment;
}

export interface ChatEvents {
  /** The connection's state has changed. */
  state: ConnectionState;
  /** The set of rooms, or what a list shows of one, has changed. */
  rooms: void;
  /** A room's messages have changed; `events` are those that have just happened, so that a page of history brings none. */
  messages: { room: Room; events: readonly ChatEvent[] };
  /** A member's read marker has moved. */
  read: { room: Room; user: string };
  typing: Room;
  presence: Presence;
  /** The user is not in a room any more; `unsent` are the messages that were to be sent there, and are given up. */
  removed: { room: string; unsent: readonly Unsent[] };
  /** The device keeps nothing: all goes on, but what is not sent would not survive a reload. Told once. */
  problem: ChatError;
}
