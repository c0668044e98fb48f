import type { TimelineItem } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';

type Notice = Extract<TimelineItem, { kind: 'notice' }>['event'];

/** What happened to a room, in words. */
export function noticeText(event: Notice, app: App): string {
  const name = (user: string): string => user === app.me ? m.you : app.people.name(user);
  switch (event.type) {
    case 'joined': return event.user === event.from ? m.joined(name(event.user)) : m.added(name(event.from), name(event.user));
    case 'left': return event.user === event.from ? m.left(name(event.user)) : m.removed(name(event.from), name(event.user));
    case 'role': return m.roleChanged(name(event.user), m.role[event.role ?? 'member']);
    case 'room':
      if (event.deleted) return m.roomDeleted(name(event.from));
      return event.name ? m.renamed(name(event.from), event.name) : m.roomChanged(name(event.from));
  }
}
