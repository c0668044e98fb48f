import type { TimelineItem } from '../../client/index.ts';
import { m } from '../i18n/index.ts';

type Notice = Extract<TimelineItem, { kind: 'notice' }>['event'];

/** What happened to a room, in words; what the user did, or what was done to the user, has words of its own. */
export function noticeText(event: Notice, me: string, name: (user: string) => string): string {
  const { from } = event;
  const mine = from === me;
  switch (event.type) {
    case 'joined':
      if (event.user === from) return mine ? m.self.joined : m.joined(name(from));
      if (mine) return m.self.added(name(event.user));
      return event.user === me ? m.self.wereAdded(name(from)) : m.added(name(from), name(event.user));
    case 'left':
      if (event.user === from) return mine ? m.self.left : m.left(name(from));
      if (mine) return m.self.removed(name(event.user));
      return event.user === me ? m.self.wereRemoved(name(from)) : m.removed(name(from), name(event.user));
    case 'role': {
      const role = m.role[event.role ?? 'member'];
      return event.user === me ? m.self.haveRole(role) : m.roleChanged(name(event.user), role);
    }
    case 'room':
      if (event.deleted) return mine ? m.self.deleted : m.roomDeleted(name(from));
      if (event.name) return mine ? m.self.renamed(event.name) : m.renamed(name(from), event.name);
      return mine ? m.self.changed : m.roomChanged(name(from));
  }
}
