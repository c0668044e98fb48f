import { CLOSE_FINAL_MIN } from '../../client/protocol.ts';
import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';
import { closeText } from '../model/problem.ts';
import { h, setText } from './dom.ts';

const QUIET_MS = 800;
const BACK_MS = 4_000;

/** Says how the connection is whenever it is not simply there, what waits for it, and when it is there again. */
export class StateBanner {
  readonly element = h('div', { id: 'state', class: 'state' });
  readonly #app: App;
  readonly #text = h('span', { role: 'status' });
  /** Beside what is spoken: nobody wants to hear each second. */
  readonly #countdown = h('span', {});
  readonly #retry: HTMLButtonElement = h('button', { type: 'button', class: 'link', hidden: true, on: { click: () => this.#again() } }, m.tryNow);
  #timer = 0;
  #live = false;
  /** When a connection that was there was lost. */
  #lostAt: number | null = null;
  /** The person was told of a loss: they are told of its end as well. */
  #told = false;
  #backUntil = 0;

  constructor(app: App) {
    this.#app = app;
    this.element.append(this.#text, this.#countdown, this.#retry);
    app.client.on('state', () => this.#refresh());
    app.client.on('messages', () => this.#refresh());
    this.#refresh();
  }

  #refresh(): void {
    clearTimeout(this.#timer);
    const { state } = this.#app.client;
    const now = Date.now();
    if (state.name === 'live') {
      if (this.#told) this.#backUntil = now + BACK_MS;
      this.#told = false;
      this.#live = true;
      const back = now < this.#backUntil;
      this.#show(back ? 'back' : 'live', back ? m.connectedAgain : m.connected);
      if (back) this.#refreshIn(this.#backUntil - now);
      return;
    }
    if (this.#live) this.#lostAt = now;
    this.#live = false;
    // A short interruption that nobody would notice is not worth a banner.
    const quietFor = this.#lostAt === null || state.name === 'offline' || this.#isOver() ? 0 : this.#lostAt + QUIET_MS - now;
    if (quietFor > 0) {
      this.#refreshIn(quietFor);
      return;
    }
    this.#told ||= this.#lostAt !== null;
    const { waiting } = this.#app.client.outbox;
    this.#show(state.name, this.#words() + (waiting > 0 ? ' ' + m.queued(waiting) : ''));
    if (state.name === 'waiting') this.#refreshIn(1_000);
  }

  #show(name: string, text: string): void {
    this.element.className = `state ${name}`;
    const { state } = this.#app.client;
    this.#retry.hidden = state.name !== 'waiting' && state.name !== 'offline' && !this.#isOver();
    setText(this.#retry, this.#isOver() ? m.reload : m.tryNow);
    setText(this.#text, text);
    setText(this.#countdown, state.name === 'waiting' ? m.nextTry(Math.max(1, Math.ceil((state.until - Date.now()) / 1000))) : '');
  }

  /** A connection that was ended for good is not taken up by the same page. */
  #again(): void {
    const { client } = this.#app;
    if (this.#isOver()) location.reload();
    else client.retryNow();
  }

  #isOver(): boolean {
    const { state } = this.#app.client;
    return state.name === 'stopped' && state.code >= CLOSE_FINAL_MIN;
  }

  #refreshIn(ms: number): void {
    this.#timer = window.setTimeout(() => this.#refresh(), ms);
  }

  #words(): string {
    const { state } = this.#app.client;
    switch (state.name) {
      case 'live': return m.connected;
      case 'connecting': return m.connecting;
      case 'waiting': return m.disconnected;
      case 'offline': return m.noNetwork;
      // It is about to connect, or the person leaves.
      case 'stopped': return this.#isOver() ? closeText(state.code) : m.connecting;
    }
  }
}
