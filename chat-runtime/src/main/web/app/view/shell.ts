import type { Room } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { droppedFiles } from '../model/handed-over.ts';
import { face } from './avatar.ts';
import { Composer } from './composer.ts';
import { Conversation } from './conversation.ts';
import { focusIsLost, h, setText } from './dom.ts';
import { icon } from './icons.ts';
import { inviteCard } from './invite.ts';
import { fetchAhead, later, useLater } from './later.ts';
import { RoomHeader } from './room-header.ts';
import { RoomList } from './room-list.ts';
import { StateBanner } from './state-banner.ts';
import { showNotices } from './toast.ts';

/** The whole app of somebody who is signed in: rooms on one side, the open one on the other. */
export function shellView(app: App): HTMLElement {
  const list = new RoomList(app);
  const header = new RoomHeader(app);
  const conversation = new Conversation(app);
  const composer = new Composer(app, () => conversation.toEnd());
  const banner = new StateBanner(app);
  const nothing = noRoom(app);
  const room = h('section', { class: 'room-pane', hidden: true, 'aria-labelledby': 'title' }, header.element, conversation.element, composer.element, composer.readOnly,
    h('div', { class: 'drop-hint', 'aria-hidden': 'true' }, icon('attach'), m.dropHere));
  const shell: HTMLElement = h('div', { id: 'chat' }, h('header', { class: 'visually-hidden' }, h('h1', {}, m.appName)), banner.element, sidebar(app, list), h('main', {}, room, nothing));

  let before: Room | null = null;
  const beginner = (): unknown => shell.classList.toggle('beginner', app.client.rooms.size === 0);
  app.client.on('rooms', beginner);
  beginner();
  app.on('current', current => {
    room.hidden = !current;
    nothing.hidden = !!current;
    shell.classList.toggle('in-room', !!current);
    header.open(current);
    composer.open(current);
    // Last, into the room that the others leave.
    conversation.open(current);
    const closed = before;
    before = current;
    // Once open dialogs have closed as well: whose place has gone goes on from where the other part of the page takes it up.
    setTimeout(() => {
      if (!focusIsLost()) return;
      if (current) header.focus();
      else if (closed) list.focus(closed.id);
    });
  });
  showNotices(shell, app);
  acceptDrops(room, composer, app);
  shortcuts(app, list);
  fetchAhead();
  return shell;
}

/** What is there instead of a room, to begin with. */
function noRoom(app: App): HTMLElement {
  const words = h('p', { class: 'no-room-words' });
  const refresh = (): void => setText(words, app.client.rooms.size ? m.chooseRoom : m.noRooms);
  app.client.on('rooms', refresh);
  refresh();
  return h('div', { class: 'no-room' }, h('img', { src: '/favicon.svg', alt: '', width: 96, height: 96 }), words, inviteCard(app));
}

function sidebar(app: App, list: RoomList): HTMLElement {
  const picture = h('span', { class: 'face' });
  const name = h('strong', { id: 'me' });
  const me = h('button', { type: 'button', id: 'profile-button', class: 'self', title: m.profile, on: { click: () => void useLater(later.profile, app, ({ showProfile }) => showProfile(app)) } },
    picture, name, h('span', { class: 'visually-hidden' }, m.profile));
  const showMe = (): void => {
    name.textContent = app.people.name(app.me);
    picture.replaceChildren(face(app, app.me));
  };
  app.on('people', showMe);
  app.client.on('rooms', showMe);
  showMe();
  return h('aside', { class: 'sidebar' },
    h('header', {}, me, h('button', {
      type: 'button', id: 'new-chat', class: 'round primary', 'aria-label': m.newChat, title: m.newChat,
      on: { click: () => void useLater(later.newChat, app, ({ showNewChat }) => showNewChat(app)) },
    }, icon('plus'))),
    h('div', { class: 'search' }, icon('search'), list.search),
    list.element);
}

function acceptDrops(pane: HTMLElement, composer: Composer, app: App): void {
  const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  pane.addEventListener('dragover', event => {
    if (holdsFiles(event) && composer.takesFiles) pane.classList.add('dropping');
  });
  pane.addEventListener('dragleave', event => {
    if (!pane.contains(event.relatedTarget as Node | null)) pane.classList.remove('dropping');
  });
  pane.addEventListener('drop', event => {
    pane.classList.remove('dropping');
    if (!holdsFiles(event) || !event.dataTransfer || !composer.takesFiles) return;
    const { files, folders } = droppedFiles(event.dataTransfer.items);
    composer.addFiles(files);
    if (folders) app.tell(m.noFolders);
  });
  // A browser would open a file that misses the room in place of the chat.
  for (const type of ['dragover', 'drop'] as const) {
    document.addEventListener(type, event => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer && !pane.classList.contains('dropping')) event.dataTransfer.dropEffect = 'none';
    });
  }
}

/** Control or Command with K searches; Alt with an arrow key goes to the chat above or below. */
function shortcuts(app: App, list: RoomList): void {
  document.addEventListener('keydown', event => {
    if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      list.search.focus();
    } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const rooms = app.rooms();
      const next = rooms[(rooms.indexOf(app.current!) + (event.key === 'ArrowDown' ? 1 : -1) + rooms.length) % rooms.length];
      event.preventDefault();
      if (next) app.open(next);
    }
  });
}
