import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { h, setText } from './dom.ts';

const QUIET_MS = 800;

/** Says how the connection is whenever it is not simply there, and what waits for it. */
export class StateBanner {
  readonly element = h('div', { id: 'state', class: 'state' });
  readonly #app: App;
  readonly #text = h('span', { role: 'status' });
  readonly #retry: HTMLButtonElement = h('button', { type: 'button', class: 'link', hidden: true, on: { click: () => this.#app.client.retryNow() } }, m.tryNow);
  #timer = 0;
  #liveOnce = false;

  constructor(app: App) {
    this.#app = app;
    this.element.append(this.#text, this.#retry);
    app.client.on('state', () => this.#refresh());
    app.client.on('messages', () => this.#refresh());
    this.#refresh();
  }

  #refresh(): void {
    clearTimeout(this.#timer);
    const { state, outbox } = this.#app.client;
    this.#liveOnce ||= state.name === 'live';
    this.element.className = `state ${state.name}`;
    this.#retry.hidden = state.name !== 'waiting';
    const queued = outbox.size > 0 && state.name !== 'live' ? ' ' + m.queued(outbox.size) : '';
    setText(this.#text, this.#words() + queued);
    // A short interruption that nobody would notice is not worth a banner.
    const quiet = state.name === 'connecting' && this.#liveOnce && outbox.size === 0;
    this.element.classList.toggle('quiet', quiet);
    if (quiet) this.#timer = window.setTimeout(() => this.element.classList.remove('quiet'), QUIET_MS);
    else if (state.name === 'waiting') this.#timer = window.setTimeout(() => this.#refresh(), 1_000);
  }

  #words(): string {
    const { state } = this.#app.client;
    switch (state.name) {
      case 'live': return m.connected;
      case 'connecting': return m.connecting;
      case 'waiting': return m.disconnected(Math.max(1, Math.ceil((state.until - Date.now()) / 1000)));
      case 'offline': return m.noNetwork;
      case 'stopped': return m.stopped(state.reason);
    }
  }
}
