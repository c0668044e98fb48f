import type { Attachment, Message, Reactions, Room, TimelineItem, Unsent } from '../../client/index.ts';
import { dayOf } from '../i18n/formats.ts';

/** A message of a list, sent or not. */
export interface Bubble {
  kind: 'message';
  key: string;
  version: string;
  seq?: number;
  clientMessageId: string;
  from: string;
  mine: boolean;
  /** The first and the last of several by the same person in a short time. */
  first: boolean;
  last: boolean;
  time: number;
  text: string;
  attachments: readonly Attachment[];
  replyTo?: number;
  quoted?: Message;
  edited: boolean;
  deleted: boolean;
  reactions: Reactions;
  state: 'stored' | Unsent['state'];
  /** The code of why it was not sent. */
  problem?: string;
  readers: number;
}

export type Row =
  | Bubble
  | { kind: 'day'; key: string; version: string; time: number }
  | { kind: 'notice'; key: string; version: string; item: Extract<TimelineItem, { kind: 'notice' }> }
  | { kind: 'loading'; key: string; version: string; history: History }
  | { kind: 'unread' | 'beginning'; key: string; version: string };

/** Whether what is before comes, waits for a connection, or waits for the person after a failure. */
export type History = 'coming' | 'offline' | 'failed';

export interface RowsInput {
  room: Room;
  me: string;
  items: readonly TimelineItem[];
  /** Messages that are not stored; only where the list reaches the present. */
  unsent: readonly Unsent[];
  /** Where the line between read and unread goes. */
  unreadFrom: number | null;
  /** Whether there is nothing before, or what is before is not known yet. */
  begins: boolean;
  history: History;
  /** Changes when names do. */
  names: number;
}

const TOGETHER_MS = 5 * 60_000;

export function rowsOf(input: RowsInput): Row[] {
  const rows: Row[] = [input.begins ? line('beginning') : { kind: 'loading', key: 'loading', version: input.history, history: input.history }];
  let day = -1;
  let marked = input.unreadFrom === null;
  const entries = [...input.items.map(item => stored(item, input)), ...input.unsent.map(unsent => waiting(unsent, input))];
  distinguish(entries);
  for (const row of entries) {
    const time = row.kind === 'message' ? row.time : row.item.event.time;
    // Clocks differ: what comes later is of no earlier day, and each day is there once.
    if (dayOf(time) > day) {
      day = dayOf(time);
      rows.push({ kind: 'day', key: `d${day}`, version: String(dayOf(Date.now()) - day), time });
    }
    const seq = row.kind === 'message' ? row.seq : row.item.event.seq;
    if (!marked && row.kind === 'message' && !row.mine && seq !== undefined && seq >= (input.unreadFrom ?? 0)) {
      marked = true;
      rows.push(line('unread'));
    }
    rows.push(row);
  }
  group(rows, input.names);
  return rows;
}

function line(kind: 'unread' | 'beginning'): Row {
  return { kind, key: kind, version: kind };
}

function stored(item: TimelineItem, { room, me }: RowsInput): Bubble | Extract<Row, { kind: 'notice' }> {
  if (item.kind === 'notice') return { kind: 'notice', key: `s${item.event.seq}`, version: '', item };
  const { message } = item;
  const mine = message.from === me;
  let readers = 0;
  if (mine) for (const [user, seq] of room.reads) if (user !== me && seq >= message.seq) readers++;
  return bubble(contentOf(message), {
    seq: message.seq, clientMessageId: message.clientMessageId, from: message.from, mine, time: message.time, text: message.text,
    attachments: message.attachments, replyTo: message.replyTo, edited: message.editedAt !== undefined, deleted: message.deleted,
    reactions: message.reactions, state: 'stored', readers,
  }, room);
}

function waiting(unsent: Unsent, { room, me }: RowsInput): Bubble {
  return bubble(contentOf(unsent), {
    clientMessageId: unsent.clientMessageId, from: me, mine: true, time: unsent.createdAt, text: unsent.text,
    attachments: unsent.attachments, replyTo: unsent.replyTo, edited: false, deleted: false, reactions: {},
    state: unsent.state, problem: unsent.problem?.code, readers: 0,
  }, room);
}

/**
 * A program may give one id to several messages. The last keeps the key of that id: it may have been shown before it was stored, and
 * it stays the last while older ones come.
 */
function distinguish(entries: readonly (Bubble | Extract<Row, { kind: 'notice' }>)[]): void {
  const used = new Set<string>();
  for (const row of [...entries].reverse()) {
    if (row.kind === 'message' && used.has(row.key)) row.key = `s${row.seq}`;
    used.add(row.key);
  }
}

type Content = Omit<Bubble, 'kind' | 'key' | 'version' | 'first' | 'last' | 'quoted'>;

/** What a message is, in words that differ when it does. Messages are never changed, only replaced: each is looked at once. */
const contents = new WeakMap<Message | Unsent, string>();

function contentOf(message: Message | Unsent): string {
  const known = contents.get(message) ?? JSON.stringify(message);
  contents.set(message, known);
  return known;
}

function bubble(version: string, content: Content, room: Room): Bubble {
  const quoted = content.replyTo === undefined ? undefined : room.timeline.message(content.replyTo);
  // One's own message keeps its place in the list when it is stored.
  const key = content.mine ? `c${content.clientMessageId}` : `s${content.seq}`;
  return { ...content, kind: 'message', key, version, first: true, last: true, quoted };
}

function group(rows: Row[], names: number): void {
  rows.forEach((row, index) => {
    if (row.kind !== 'message') {
      row.version += `/${names}`;
      return;
    }
    row.first = !together(rows[index - 1], row);
    row.last = !together(row, rows[index + 1]);
    row.version = [row.version, row.first, row.last, row.readers, row.quoted && contentOf(row.quoted), names].join('/');
  });
}

function together(earlier: Row | undefined, later: Row | undefined): boolean {
  return earlier?.kind === 'message' && later?.kind === 'message'
    && earlier.from === later.from && later.time - earlier.time < TOGETHER_MS;
}
