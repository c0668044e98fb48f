import type { ChatClient, Room } from '../../client/index.ts';

/** The user's rooms by what happened last, or what they have written there that is not sent yet. */
export function newestFirst({ rooms, outbox }: ChatClient): Room[] {
  const times = new Map([...rooms.values()].map(room => [room, Math.max(timeOf(room), outbox.of(room.id).at(-1)?.createdAt ?? 0)]));
  return [...times.keys()].sort((a, b) => times.get(b)! - times.get(a)! || b.tail - a.tail || a.id.localeCompare(b.id));
}

/** That somebody has opened a room counts where nobody has written. */
function timeOf({ activeAt, lastMessage, openedAt = 0 }: Room): number {
  return lastMessage ? activeAt : Math.max(activeAt, openedAt);
}
