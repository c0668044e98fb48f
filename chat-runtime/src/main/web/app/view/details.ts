import type { Member, Role, Room } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { avatar, face } from './avatar.ts';
import { confirmed, openDialog } from './dialog.ts';
import { fill, h, onFrame } from './dom.ts';
import { icon } from './icons.ts';
import { PeoplePicker } from './people-picker.ts';

/** Who is in a room, and what the user may do about it. */
export function showDetails(room: Room, app: App): void {
  const members = h('div', { class: 'details-body' });
  const body = h('div', { class: 'details-body' });
  let shown = '';
  let role: Role | undefined;
  const refresh = (): void => {
    // What somebody is filling in stays, unless the user's own role has changed and with it what there is to fill in.
    if (role !== room.role) {
      role = room.role;
      fill(body, ...(room.kind === 'group' ? group(room, app, members) : direct(room, app)));
    }
    const version = JSON.stringify([app.members.of(room), app.namesVersion, room.role]);
    if (version !== shown) showMembers(members, room, app);
    shown = version;
  };
  const later = onFrame(refresh);
  const ends = [
    app.on('members', changed => changed === room && later()),
    app.on('people', later),
    app.client.on('rooms', later),
    app.on('current', () => dialog.close()),
    app.client.on('removed', ({ room: id }) => id === room.id && dialog.close()),
  ];
  const dialog = openDialog(m.details, 'details', body);
  dialog.addEventListener('close', () => ends.forEach(end => end()));
  refresh();
  void app.members.load(room);
}

function muteSwitch(room: Room, app: App): HTMLElement {
  const box = h('input', { type: 'checkbox', checked: room.muted });
  box.addEventListener('change', () => void app.attempt(() => app.client.api.mute(room.id, box.checked)).then(worked => {
    if (worked) app.client.remember({ ...room.entry(), muted: box.checked });
    else box.checked = room.muted;
  }));
  return h('label', { class: 'switch' }, box, h('span', {}, m.mute));
}

function direct(room: Room, app: App): HTMLElement[] {
  const other = room.other ?? '';
  return [
    h('div', { class: 'card' }, face(app, other),
      h('div', {}, h('strong', {}, app.titleOf(room)), h('p', { class: 'hint' }, other))),
    muteSwitch(room, app),
    ...(other !== app.me ? [blockChoice(other, app)] : []),
  ];
}

/** Blocks or unblocks, whichever it is not; both where the service does not tell. */
function blockChoice(other: string, app: App): HTMLElement {
  const place = h('div', { class: 'choices' });
  const change = async (blocked: boolean): Promise<void> => {
    if (!await app.attempt(() => app.client.api.block(other, blocked))) return;
    app.tell(m.saved);
    show(blocked);
    place.querySelector('button')?.focus();
  };
  const show = (blocked: boolean | null): void => fill(place,
    blocked !== true && h('button', { type: 'button', class: 'danger', on: { click: () => void change(true) } }, m.block),
    blocked !== false && h('button', { type: 'button', on: { click: () => void change(false) } }, m.unblock));
  app.client.api.isBlocked(other).then(show, (error: unknown) => {
    console.info('not known who is blocked:', error);
    show(null);
  });
  return place;
}

function manages({ role }: Room): boolean {
  return role === 'owner' || role === 'admin';
}

function showMembers(parent: HTMLElement, room: Room, app: App): void {
  const members = app.members.of(room);
  const used = parent.contains(document.activeElement) ? document.activeElement?.getAttribute('aria-label') : null;
  const list = h('ul', { class: 'members', tabIndex: -1, 'aria-label': m.groupMembers }, ...members.map(member => memberItem(member, room, app)));
  fill(parent, h('h3', {}, m.members(members.length)), list);
  // All is made anew: who was at a control goes on from there, or from the list when it has gone with its member.
  if (used) ([...list.querySelectorAll<HTMLElement>('[aria-label]')].find(control => control.getAttribute('aria-label') === used) ?? list).focus();
}

function group(room: Room, app: App, members: HTMLElement): HTMLElement[] {
  return [
    ...(manages(room) ? [nameForm(room, app)] : [h('div', { class: 'card' }, avatar(room.id, app.titleOf(room)), h('strong', {}, app.titleOf(room)))]),
    muteSwitch(room, app),
    members,
    ...(manages(room) ? [addForm(room, app)] : []),
    h('div', { class: 'choices' },
      h('button', { type: 'button', class: 'danger', on: { click: () => void leave(room, app) } }, m.leave),
      room.role === 'owner' && h('button', { type: 'button', class: 'danger', on: { click: () => void remove(room, app) } }, m.deleteRoom)),
  ];
}

function nameForm(room: Room, app: App): HTMLElement {
  const name = h('input', { value: room.name ?? '', required: true, maxLength: 200, 'aria-label': m.groupName });
  return h('form', { class: 'inline', on: { submit: event => { event.preventDefault(); void app.attempt(() => app.client.api.rename(room.id, name.value.trim())); } } },
    name, h('button', {}, m.rename));
}

function addForm(room: Room, app: App): HTMLElement {
  const add = async (user: string): Promise<void> => {
    if (!await app.attempt(() => app.client.api.putMember(room.id, user, 'member'))) return;
    await app.members.load(room);
    picker.clear();
  };
  const picker = new PeoplePicker(app, {
    label: m.addMember, id: 'add-member', without: () => app.members.of(room).map(({ user }) => user), chosen: user => void add(user),
  });
  return h('section', { class: 'add-member' }, h('h3', {}, m.addMember), picker.element);
}

function memberItem({ user, role }: Member, room: Room, app: App): HTMLElement {
  const name = app.people.name(user);
  const me = user === app.me;
  return h('li', {}, face(app, user),
    h('span', { class: 'member-name' }, me ? m.noteToSelf(name) : name),
    manages(room) && !me ? roleChoice(user, role, room, app) : h('span', { class: 'hint' }, m.role[role]),
    manages(room) && !me && h('button', {
      type: 'button', class: 'round small', 'aria-label': m.removeMember(name), title: m.remove,
      on: { click: () => void app.attempt(() => app.client.api.removeMember(room.id, user)).then(() => app.members.load(room)) },
    }, icon('close')));
}

function roleChoice(user: string, role: Role, room: Room, app: App): HTMLElement {
  const roles: Role[] = room.role === 'owner' || role === 'owner' ? ['owner', 'admin', 'member', 'readonly'] : ['admin', 'member', 'readonly'];
  const choice = h('select', { 'aria-label': m.roleOf(app.people.name(user)) }, ...roles.map(value => h('option', { value, selected: value === role }, m.role[value])));
  choice.addEventListener('change', () => void app.attempt(() => app.client.api.putMember(room.id, user, choice.value as Role)).then(() => app.members.load(room)));
  return choice;
}

async function leave(room: Room, app: App): Promise<void> {
  if (await confirmed(m.confirmLeave, m.leave)) await app.attempt(() => app.client.api.removeMember(room.id, app.me));
}

async function remove(room: Room, app: App): Promise<void> {
  if (await confirmed(m.confirmDeleteRoom, m.deleteRoom)) await app.attempt(() => app.client.api.deleteRoom(room.id));
}
