import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { problemText } from '../model/problem.ts';
import { face } from './avatar.ts';
import { focusText } from './composer.ts';
import { openDialog } from './dialog.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { inviteCard } from './invite.ts';
import { PeoplePicker } from './people-picker.ts';

/** Starts a chat with one person or with several. */
export function showNewChat(app: App): void {
  const problem = h('p', { role: 'alert', class: 'problem' });
  const run = async (action: () => Promise<void>): Promise<void> => {
    problem.textContent = '';
    try {
      await action();
      dialog.close();
      // The dialog gave the focus back to what opened it.
      focusText();
    } catch (error) {
      problem.textContent = problemText(error);
    }
  };
  const direct = directForm(app, run);
  const group = groupForm(app, run);
  const place = h('div', { class: 'kind' }, direct.element);
  const choose = (form: { element: HTMLElement; field: HTMLInputElement }): void => {
    problem.textContent = '';
    place.replaceChildren(form.element);
    form.field.focus();
  };
  const dialog = openDialog(m.newChat, 'new-chat-dialog',
    h('div', { class: 'tabs', role: 'radiogroup', 'aria-label': m.newChat },
      kind('direct', m.directChat, true, () => choose(direct)), kind('group', m.groupChat, false, () => choose(group))),
    place, problem);
  direct.field.focus();
}

function kind(value: string, label: string, checked: boolean, choose: () => void): HTMLElement {
  return h('label', { class: 'tab' }, h('input', { type: 'radio', name: 'kind', value, checked, on: { change: choose } }), h('span', {}, label));
}

type Run = (action: () => Promise<void>) => Promise<void>;

function directForm(app: App, run: Run): { element: HTMLElement; field: HTMLInputElement } {
  const picker = new PeoplePicker(app, { label: m.person, id: 'new-direct-person', chosen: user => void run(() => app.openDirect(user)) });
  const element = h('form', { id: 'new-direct', on: { submit: event => { event.preventDefault(); if (picker.written) void run(() => app.openDirect(picker.written!)); } } },
    picker.element, h('details', { class: 'invite-more', open: app.client.rooms.size === 0 }, h('summary', {}, m.invite), inviteCard(app)));
  return { element, field: picker.field };
}

function groupForm(app: App, run: Run): { element: HTMLElement; field: HTMLInputElement } {
  const members: string[] = [];
  const name = h('input', { name: 'name', required: true, maxLength: 200, autocomplete: 'off' });
  const chosen = h('ul', { class: 'chosen', 'aria-label': m.groupMembers });
  const picker = new PeoplePicker(app, {
    label: m.groupMembers, id: 'new-group-members', without: () => members,
    chosen: user => {
      members.push(user);
      show();
      picker.clear();
    },
  });
  const show = (): void => chosen.replaceChildren(...members.map(user => h('li', { class: 'chip' }, face(app, user, 'alone'), h('span', { dir: 'auto' }, app.people.name(user)),
    h('button', {
      type: 'button', class: 'round small', 'aria-label': m.removeMember(app.people.name(user)),
      on: { click: () => { members.splice(members.indexOf(user), 1); show(); picker.field.focus(); } },
    }, icon('close')))));
  const create = (): Promise<void> => app.openGroup(name.value.trim(), picker.written ? [...members, picker.written] : members);
  const element = h('form', { id: 'new-group', on: { submit: event => { event.preventDefault(); void run(create); } } },
    h('label', {}, h('span', {}, m.groupName), name), chosen, picker.element, h('button', { class: 'primary' }, m.create));
  return { element, field: name };
}
