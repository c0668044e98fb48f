import { language, LANGUAGES, m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { saveSettings, settings, type Theme } from '../model/settings.ts';
import { openDialog } from './dialog.ts';
import { h } from './dom.ts';

/** The user's profile, and what this device looks like. */
export function showProfile(app: App): void {
  const name = h('input', { value: app.people.name(app.me), maxLength: 100, autocomplete: 'name' });
  const field = (label: string, input: HTMLElement): HTMLElement => h('label', {}, h('span', {}, label), input);
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const worked = await app.attempt(async () => {
      const { avatar } = await app.client.api.me();
      const profile = await app.client.api.updateMe({ displayName: name.value.trim() || undefined, avatar });
      app.people.learn([{ ...profile, user: app.me }]);
    });
    if (worked) app.tell(m.saved);
  };
  const languages = h('select', {}, ...LANGUAGES.map(([value, text]) => h('option', { value, selected: value === language, lang: value }, text)));
  languages.addEventListener('change', () => {
    saveSettings({ language: languages.value });
    location.reload();
  });
  const themes: [Theme, string][] = [['system', m.themeSystem], ['light', m.themeLight], ['dark', m.themeDark]];
  const theme = h('select', {}, ...themes.map(([value, text]) => h('option', { value, selected: value === settings.theme }, text)));
  theme.addEventListener('change', () => saveSettings({ theme: theme.value as Theme }));
  openDialog(m.profile, 'profile',
    h('form', { on: { submit: event => void save(event) } },
      field(m.displayName, name), h('button', { class: 'primary' }, m.save)),
    h('div', { class: 'form' }, field(m.language, languages), field(m.theme, theme)),
    h('div', { class: 'choices' }, h('button', { type: 'button', id: 'logout', class: 'danger', on: { click: () => void app.signOut() } }, m.signOut)));
}
