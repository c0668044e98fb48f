import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { h, setText } from './dom.ts';

const QUIET_MS = 800;
const BACK_MS = 4_000;

/** Says how the connection is whenever it is not simply there, what waits for it, and when it is there again. */
export class StateBanner {
  readonly element = h('div', { id: 'state', class: 'state' });
  readonly #app: App;
  readonly #text = h('span', { role: 'status' });
  readonly #retry: HTMLButtonElement = h('button', { type: 'button', class: 'link', hidden: true, on: { click: () => this.#app.client.retryNow() } }, m.tryNow);
  #timer = 0;
  /** When a connection that was there was lost. */
  #lostAt: number | null = null;
  /** The person was told of a loss: they are told of its end as well. */
  #told = false;
  #backUntil = 0;

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
    const now = Date.now();
    if (state.name === 'live') {
      if (this.#told) this.#backUntil = now + BACK_MS;
      this.#told = false;
      this.#lostAt = now;
      const back = now < this.#backUntil;
      this.#show(back ? 'back' : 'live', back ? m.connectedAgain : m.connected);
      if (back) this.#again(this.#backUntil - now);
      return;
    }
    // A short interruption that nobody would notice is not worth a banner.
    const quietFor = this.#lostAt === null || state.name === 'offline' || outbox.size > 0 ? 0 : this.#lostAt + QUIET_MS - now;
    if (quietFor > 0) {
      this.#again(quietFor);
      return;
    }
    this.#told ||= this.#lostAt !== null;
    this.#show(state.name, this.#words() + (outbox.size > 0 ? ' ' + m.queued(outbox.size) : ''));
    if (state.name === 'waiting') this.#again(1_000);
  }

  #show(name: string, text: string): void {
    this.element.className = `state ${name}`;
    this.#retry.hidden = name !== 'waiting';
    setText(this.#text, text);
  }

  #again(ms: number): void {
    this.#timer = window.setTimeout(() => this.#refresh(), ms);
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
