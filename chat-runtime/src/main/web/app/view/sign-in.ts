import type { Account } from '../auth/account.ts';
import { namedAccount } from '../auth/named.ts';
import { pastedAccount } from '../auth/pasted.ts';
import type { AppConfig } from '../config.ts';
import { m } from '../i18n/index.ts';
import { invitedBy } from '../model/address.ts';
import type { App } from '../model/app.ts';
import { problemText } from '../model/problem.ts';
import { h } from './dom.ts';
import { StateBanner } from './state-banner.ts';

/** Lets somebody in by what the service offers: their account elsewhere, a name, or a token. */
export function signInView(auth: AppConfig['auth'], problem: string, done: (account: Account) => void): HTMLElement {
  const guestOf = invitedBy();
  const alert = h('p', { id: 'login-error', role: 'alert', class: 'problem' }, problem);
  const submit = h('button', { class: 'primary' }, auth.mode === 'oidc' ? m.signInWith : m.signIn);
  const [label, field, hint] = fieldFor(auth);
  field?.setAttribute('aria-describedby', 'login-hint');
  const run = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    alert.textContent = '';
    submit.disabled = true;
    try {
      if (auth.mode === 'oidc') {
        await (await import('../auth/oidc.ts')).beginSignIn(auth);
        return;
      }
      const account = auth.tokenUrl ? namedAccount(auth.tokenUrl, field!.value.trim()) : pastedAccount(field!.value.trim());
      await account?.token(false);
      if (account) done(account);
    } catch (error) {
      alert.textContent = m.signInFailed(problemText(error));
    } finally {
      submit.disabled = false;
    }
  };
  return h('main', { class: 'welcome' },
    h('form', { id: 'login', class: 'card-form', on: { submit: event => void run(event) } },
      h('img', { src: '/favicon.svg', alt: '', width: 72, height: 72 }),
      h('h1', {}, m.appName),
      h('p', { class: 'tagline', dir: 'auto' }, guestOf === null ? m.tagline : m.invitedBy(guestOf)),
      field && h('label', { htmlFor: field.id }, label),
      field,
      submit,
      alert,
      hint && h('p', { class: 'hint', id: 'login-hint' }, hint)));
}

/** For somebody whose chats nothing is known of before there is a connection: says how that is. */
export function waitingView(app: App): HTMLElement {
  return h('main', { class: 'welcome' },
    h('div', { id: 'waiting', class: 'card-form' },
      h('img', { src: '/favicon.svg', alt: '', width: 72, height: 72 }),
      h('h1', {}, m.appName),
      new StateBanner(app).element));
}

/** For when it is not known yet how somebody signs in. */
export function unreachableView(): { view: HTMLElement; again: HTMLButtonElement } {
  const again = h('button', { type: 'button', class: 'primary' }, m.retry);
  const view = h('main', { class: 'welcome' },
    h('div', { id: 'unreachable', class: 'card-form' },
      h('img', { src: '/favicon.svg', alt: '', width: 72, height: 72 }),
      h('h1', {}, m.appName),
      h('p', { role: 'alert', class: 'tagline' }, m.unreachable),
      again));
  return { view, again };
}

function fieldFor(auth: AppConfig['auth']): [string, HTMLInputElement | HTMLTextAreaElement | null, string] {
  if (auth.mode === 'oidc') return ['', null, ''];
  if (auth.tokenUrl) {
    return [m.yourName, h('input', { id: 'name', required: true, maxLength: 128, pattern: '\\s*[A-Za-z0-9._\\-]+\\s*', title: m.yourNameHint, autocomplete: 'username', autocapitalize: 'none', spellcheck: false }), m.yourNameHint];
  }
  return [m.yourToken, h('textarea', { id: 'token', rows: 5, required: true, autocomplete: 'off', spellcheck: false }), m.yourTokenHint];
}
