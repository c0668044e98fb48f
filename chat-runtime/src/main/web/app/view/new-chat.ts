import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { openDialog } from './dialog.ts';
import { h } from './dom.ts';

/** Starts a chat with one person or with several. */
export function showNewChat(app: App): void {
  const suggestions = h('datalist', { id: 'people-suggestions' });
  const person = h('input', { name: 'with', required: true, maxLength: 128, placeholder: m.personHint, autocomplete: 'off' });
  person.setAttribute('list', suggestions.id);
  person.addEventListener('input', () => void app.findPeople(person.value).then(found =>
    suggestions.replaceChildren(...found.map(({ user, displayName }) => h('option', { value: user }, displayName ?? user)))));
  const name = h('input', { name: 'name', required: true, maxLength: 200, autocomplete: 'off' });
  const members = h('input', { name: 'members', placeholder: m.groupMembersHint, autocomplete: 'off' });
  const problem = h('p', { role: 'alert', class: 'problem' });
  const run = async (event: SubmitEvent, action: () => Promise<void>): Promise<void> => {
    event.preventDefault();
    problem.textContent = '';
    try {
      await action();
      dialog.close();
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  const field = (label: string, input: HTMLElement): HTMLElement => h('label', {}, h('span', {}, label), input);
  const dialog = openDialog(m.newChat, 'new-chat-dialog',
    h('form', { id: 'new-direct', on: { submit: event => void run(event, () => app.openDirect(person.value.trim())) } },
      h('h3', {}, m.directChat), field(m.person, person), suggestions, h('button', { class: 'primary' }, m.open)),
    h('form', { id: 'new-group', on: { submit: event => void run(event, () => app.openGroup(name.value.trim(), members.value.split(/[\s,]+/).filter(Boolean))) } },
      h('h3', {}, m.groupChat), field(m.groupName, name), field(m.groupMembers, members), h('button', { class: 'primary' }, m.create)),
    problem);
  person.focus();
}
