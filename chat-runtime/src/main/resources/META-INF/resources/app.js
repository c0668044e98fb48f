// The page: signs in, lists rooms, and shows one room's messages. All text of users goes through textContent.

import {Connection} from './connection.js';

const TOKEN_KEY = 'token';
const PAGE = 50;
const byId = id => document.getElementById(id);
const rooms = new Map();
let connection = null;
let me = '';
let current = null;
let markTimer = 0;

async function http(method, path, body) {
  const response = await fetch('/api/v1' + path, {
    method,
    headers: {Authorization: 'Bearer ' + sessionStorage.getItem(TOKEN_KEY), 'Content-Type': 'application/json'},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function signIn() {
  if (!sessionStorage.getItem(TOKEN_KEY)) return;
  connection = new Connection(sessionStorage.getItem(TOKEN_KEY));
  connection.addEventListener('state', event => showState(event.detail));
  connection.addEventListener('connected', event => connected(event.detail));
  connection.addEventListener('push', event => pushed(event.detail));
  connection.addEventListener('room', event => roomChanged(event.detail));
  connection.open();
}

function showState({name, detail}) {
  byId('state').className = name;
  byId('state').textContent = detail;
  if (name === 'stopped' && !me) {
    sessionStorage.removeItem(TOKEN_KEY);
    byId('login-error').textContent = 'The token was not accepted: ' + detail;
  }
}

function connected(reply) {
  me = reply.user;
  byId('me').textContent = me;
  byId('login').hidden = true;
  byId('chat').hidden = false;
  const known = new Set(reply.rooms.map(entry => entry.room));
  [...rooms.keys()].filter(id => !known.has(id)).forEach(forget);
  reply.rooms.forEach(entry => {
    const room = remember(entry);
    if (entry.gap) Object.assign(room, {events: [], loaded: false});
  });
  showRooms();
  if (current) openRoom(current.id);
  for (const room of rooms.values()) room.unsent.forEach(message => transmit(room, message));
}

function remember(entry) {
  let room = rooms.get(entry.room);
  if (!room) {
    room = {id: entry.room, events: [], loaded: false, more: false, unsent: []};
    rooms.set(entry.room, room);
  }
  room.title = entry.name ?? room.title ?? 'Direct chat';
  room.role = entry.role;
  room.unread = entry.unread;
  if (entry.kind === 'direct' && !room.named) nameDirect(room);
  return room;
}

async function nameDirect(room) {
  room.named = true;
  const {members} = await http('GET', `/rooms/${encodeURIComponent(room.id)}/members`);
  room.title = members.map(member => member.user).find(user => user !== me) ?? me;
  showRooms();
  if (room === current) byId('title').textContent = room.title;
}

function forget(id) {
  if (current?.id === id) closeRoom();
  rooms.delete(id);
}

function roomChanged(entry) {
  if (entry.change === 'removed') forget(entry.room);
  else remember(entry);
  showRooms();
}

function pushed({room: id, events}) {
  const room = rooms.get(id);
  if (!room) return;
  const sent = new Set(events.filter(event => event.from === me).map(event => event.clientMessageId));
  room.unsent = room.unsent.filter(message => !sent.has(message.clientMessageId));
  room.events.push(...events);
  room.unread += events.filter(event => event.type === 'message' && event.from !== me).length;
  if (room === current) {
    showMessages();
    markRead(room);
  }
  showRooms();
}

function markRead(room) {
  const last = room.events.at(-1)?.seq;
  if (document.hidden || !last || room.unread === 0) return;
  room.unread = 0;
  clearTimeout(markTimer);
  markTimer = setTimeout(() => connection.request('read', {room: room.id, seq: last}).catch(() => {}), 300);
}

function showRooms() {
  byId('rooms').replaceChildren(...[...rooms.values()].map(room => {
    const button = element('button');
    button.type = 'button';
    button.append(element('span', '', room.title));
    if (room.unread) button.append(element('span', 'unread', room.unread >= 1000 ? '1000+' : room.unread));
    if (room === current) button.setAttribute('aria-current', 'true');
    button.onclick = () => openRoom(room.id);
    return button;
  }));
}

async function openRoom(id) {
  const room = rooms.get(id);
  current = room;
  byId('chat').classList.add('in-room');
  byId('title').textContent = room.title;
  byId('compose').hidden = room.role === 'readonly';
  if (!room.loaded) {
    showMessages();
    await older(room, null);
  }
  if (current !== room) return;
  showMessages(true);
  markRead(room);
  showRooms();
}

function closeRoom() {
  current = null;
  byId('chat').classList.remove('in-room');
  byId('title').textContent = 'Choose a room';
  byId('compose').hidden = true;
  byId('messages').replaceChildren();
}

/** Loads the page before the sequence, or the newest one, and keeps what was pushed meanwhile. */
async function older(room, before) {
  if (room.loading) return;
  room.loading = true;
  try {
    const page = await connection.request('history', {room: room.id, before: before ?? undefined, limit: PAGE});
    const first = before ?? Infinity;
    const newest = page.events.at(-1)?.seq ?? 0;
    const kept = room.events.filter(event => event.seq >= first || event.seq > newest);
    room.events = [...page.events, ...kept];
    room.more = page.more;
    room.loaded = true;
  } catch (error) {
    byId('notice').textContent = error.message;
  } finally {
    room.loading = false;
  }
}

function showMessages(toEnd = false) {
  const list = byId('messages');
  const atEnd = toEnd || list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  list.replaceChildren(...current.events.map(eventItem), ...current.unsent.map(unsentItem));
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function eventItem(event) {
  if (event.type !== 'message') return element('li', 'system', systemText(event));
  const item = element('li', event.from === me ? 'mine' : '');
  if (event.from !== me) item.append(element('span', 'from', event.from));
  item.append(element('span', '', event.text ?? ''), element('time', '', new Date(event.time).toLocaleString()));
  return item;
}

function systemText(event) {
  switch (event.type) {
    case 'joined': return `${event.user} joined`;
    case 'left': return `${event.user} left`;
    case 'room': return event.name ? `${event.from} named the room “${event.name}”` : `${event.from} changed the room`;
    default: return event.type;
  }
}

function unsentItem(message) {
  const item = element('li', 'mine ' + (message.error ? 'failed' : 'pending'), message.text);
  item.append(element('time', '', message.error ?? 'sending…'));
  return item;
}

/** Until the message comes back as a push it stays unsent; the id makes a repeat harmless. */
async function transmit(room, message) {
  try {
    await connection.request('send', {room: room.id, ...message, error: undefined});
  } catch (error) {
    if (error.code === 'rate_limited') setTimeout(() => transmit(room, message), 1000);
    else if (!error.retryable) message.error = error.message;
    if (room === current) showMessages();
  }
}

function send() {
  const text = byId('text').value.trim();
  if (!text || !current) return;
  byId('text').value = '';
  const message = {clientMessageId: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, text};
  current.unsent.push(message);
  showMessages(true);
  transmit(current, message);
}

async function createRoom(form, body) {
  byId('notice').textContent = '';
  try {
    const room = await http('POST', '/rooms', body);
    form.reset();
    remember(room);
    showRooms();
    await openRoom(room.room);
  } catch (error) {
    byId('notice').textContent = error.message;
  }
}

function onSubmit(id, action) {
  byId(id).addEventListener('submit', event => {
    event.preventDefault();
    action(event.target);
  });
}

onSubmit('login', () => {
  byId('login-error').textContent = '';
  sessionStorage.setItem(TOKEN_KEY, byId('token').value.trim());
  signIn();
});
onSubmit('new-direct', form => createRoom(form, {kind: 'direct', with: form.elements.with.value.trim()}));
onSubmit('new-group', form => createRoom(form, {
  kind: 'group',
  name: form.elements.name.value.trim(),
  members: form.elements.members.value.split(/[\s,]+/).filter(Boolean),
}));
onSubmit('compose', send);
byId('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  }
});
byId('messages').addEventListener('scroll', async () => {
  const list = byId('messages');
  const room = current;
  if (!room?.more || room.loading || list.scrollTop > 80) return;
  const fromEnd = list.scrollHeight - list.scrollTop;
  await older(room, room.events[0].seq);
  if (current !== room) return;
  showMessages();
  list.scrollTop = list.scrollHeight - fromEnd;
});
byId('back').onclick = () => {
  closeRoom();
  showRooms();
};
byId('logout').onclick = () => {
  sessionStorage.removeItem(TOKEN_KEY);
  connection.stop();
  location.reload();
};
document.addEventListener('visibilitychange', () => current && markRead(current));
signIn();
