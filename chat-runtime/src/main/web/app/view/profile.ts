import { uploadAvatar } from '../../client/index.ts';
import { language, LANGUAGES, m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { squareOf } from '../model/square.ts';
import { saveSettings, settings, type Theme } from '../model/settings.ts';
import { face } from './avatar.ts';
import { confirmed, openDialog } from './dialog.ts';
import { h } from './dom.ts';
import { inviteCard } from './invite.ts';

const field = (label: string, input: HTMLElement): HTMLElement => h('label', {}, h('span', {}, label), input);

/** The user's profile, and what this device looks like. */
export function showProfile(app: App): void {
  const dialog = openDialog(m.profile, 'profile',
    pictureRow(app), nameForm(app), deviceForm(),
    h('section', { class: 'form' }, h('h3', {}, m.invite), inviteCard(app)),
    h('div', { class: 'choices' }, h('button', { type: 'button', id: 'logout', class: 'danger', on: { click: () => void leave(app) } }, m.signOut)));
  dialog.querySelector<HTMLElement>('#display-name')?.focus();
}

/** Messages that are not sent would be lost without a word. */
async function leave(app: App): Promise<void> {
  const unsent = app.client.outbox.size;
  if (unsent === 0 || await confirmed(m.confirmSignOut(unsent), m.signOut)) await app.signOut();
}

function pictureRow(app: App): HTMLElement {
  const shown = h('span', { class: 'large-face' });
  const name = h('strong', { dir: 'auto' });
  const remove = h('button', { type: 'button', class: 'danger', on: { click: () => void save(undefined) } }, m.removePicture);
  const refresh = (): void => {
    shown.replaceChildren(face(app, app.me));
    name.textContent = app.people.name(app.me);
    remove.hidden = !app.people.picture(app.me);
  };
  const save = async (avatar: string | undefined): Promise<boolean> => app.attempt(async () => {
    const { displayName } = await app.client.api.me();
    await app.client.api.updateMe({ displayName, avatar });
    app.people.replace({ user: app.me, displayName, avatar });
  });
  const upload = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    choose.disabled = true;
    await app.attempt(async () => {
      const picture = await squareOf(file, app.config.limits.attachmentTypes ?? []);
      const avatar = await uploadAvatar(app.client.api, picture);
      const { displayName } = await app.client.api.me();
      app.people.replace({ user: app.me, displayName, avatar });
    });
    choose.disabled = false;
    picker.value = '';
  };
  const picker: HTMLInputElement = h('input', { type: 'file', id: 'picture', accept: 'image/*', hidden: true, on: { change: () => void upload(picker.files?.[0]) } });
  const choose: HTMLButtonElement = h('button', { type: 'button', on: { click: () => picker.click() } }, m.choosePicture);
  refresh();
  const end = app.on('people', () => shown.isConnected ? refresh() : end());
  return h('div', { class: 'card picture-row' }, shown,
    h('div', { class: 'card-text' }, name, h('span', { class: 'hint' }, app.me),
      app.config.media && h('div', { class: 'choices start' }, choose, remove, picker)));
}

function nameForm(app: App): HTMLElement {
  const name = h('input', { id: 'display-name', value: app.people.name(app.me), maxLength: 100, autocomplete: 'name' });
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const worked = await app.attempt(async () => {
      const { avatar } = await app.client.api.me();
      const displayName = name.value.trim() || undefined;
      await app.client.api.updateMe({ displayName, avatar });
      app.people.replace({ user: app.me, displayName, avatar });
    });
    if (worked) app.tell(m.saved);
  };
  return h('form', { class: 'name-form', on: { submit: event => void save(event) } },
    field(m.displayName, name), h('button', { class: 'primary' }, m.save));
}

function deviceForm(): HTMLElement {
  const languages = h('select', {}, ...LANGUAGES.map(([value, text]) => h('option', { value, selected: value === language, lang: value }, text)));
  languages.addEventListener('change', () => {
    saveSettings({ language: languages.value });
    location.reload();
  });
  const themes: [Theme, string][] = [['system', m.themeSystem], ['light', m.themeLight], ['dark', m.themeDark]];
  const theme = h('select', {}, ...themes.map(([value, text]) => h('option', { value, selected: value === settings.theme }, text)));
  theme.addEventListener('change', () => saveSettings({ theme: theme.value as Theme }));
  return h('div', { class: 'form two' }, field(m.language, languages), field(m.theme, theme));
}
