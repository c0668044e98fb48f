import { ChatClient, type ConnectionState, IndexedDbStorage } from '../client/index.ts';
import { CLOSE_FINAL_MIN, CLOSE_UNAUTHENTICATED } from '../client/protocol.ts';
import { type Account, forget, remember, remembered } from './auth/account.ts';
import type { AppConfig } from './config.ts';
import { m } from './i18n/index.ts';
import { followAddress } from './model/address.ts';
import { App } from './model/app.ts';
import { markLeft, unmarkLeft } from './model/left-behind.ts';
import { closeText } from './model/problem.ts';
import { shellView } from './view/shell.ts';
import { signInView, waitingView } from './view/sign-in.ts';

const USER = 'user';
const REFUSED = 'refused';

/** Whether the page before this one ended since its token was refused; told once. */
export function wasRefused(): boolean {
  const refused = remembered<boolean>(REFUSED) ?? false;
  forget(REFUSED);
  return refused;
}

/** Where people come in, one at a time: who signs in again while the chat is still being reached takes the place of the first. */
export class Entrance {
  readonly config: AppConfig;
  /** Ends what was begun for who came before. */
  #end = (): void => undefined;

  constructor(config: AppConfig) {
    this.config = config;
  }

  showSignIn(problem: string): void {
    const view: HTMLElement = signInView(this.config.auth, problem, account => {
      if (view.isConnected) void this.letIn(account);
    });
    document.body.replaceChildren(view);
    document.querySelector<HTMLElement>('#login input, #login textarea, #login button')?.focus();
  }

  /** Connects, and shows the app once it is known whose it is. */
  async letIn(account: Account): Promise<void> {
    this.#end();
    const life = new AbortController();
    const user = remembered<string>(USER) ?? undefined;
    const client = new ChatClient({ url: location.origin, token: account.token, user, device: 'web', storage: new IndexedDbStorage() });
    this.#end = () => {
      life.abort();
      void client.stop();
    };
    const app = new App(client, this.config, () => leave(client, account));
    let shown = false;
    const show = (): void => {
      if (shown || !client.user) return;
      shown = true;
      remember(USER, client.user);
      unmarkLeft(client.user);
      document.body.replaceChildren(shellView(app));
      followAddress(app);
    };
    client.on('state', state => {
      if (state.name === 'live') show();
      else if (state.name === 'stopped') this.#stopped(state.code, account, shown, life);
      else if (!shown) explain(app, state);
    });
    client.on('problem', () => app.tell(m.storageProblem));
    client.on('rooms', () => app.roomsChanged());
    follow(app, life.signal);
    show();
    await client.start();
    if (!navigator.onLine) client.network(false);
  }

  #stopped(code: number, account: Account, shown: boolean, life: AbortController): void {
    if (code < CLOSE_FINAL_MIN) return;
    life.abort();
    if (code !== CLOSE_UNAUTHENTICATED) {
      if (!shown) this.showSignIn(closeText(code));
      return;
    }
    account.forget();
    forget(USER);
    if (!shown) {
      this.showSignIn(m.signedOut);
      return;
    }
    // Nothing of the page that was theirs goes on beside the next one's.
    remember(REFUSED, true);
    location.reload();
  }
}

/** Signs somebody out; where the device does not forget what is theirs, the next page has it try again, or says so. */
export async function leave(client: Pick<ChatClient, 'stop' | 'user'>, account: Account): Promise<void> {
  const address = await account.signOutAddress?.().catch(() => undefined);
  if (!await client.stop({ forget: true })) markLeft(client.user);
  account.forget();
  forget(USER);
  history.replaceState(null, '', location.pathname);
  if (address) location.assign(address);
  else location.reload();
}

/** Tells the app what happens to its page. */
function follow(app: App, signal: AbortSignal): void {
  const { client } = app;
  addEventListener('online', () => client.network(true), { signal });
  addEventListener('offline', () => client.network(false), { signal });
  addEventListener('pagehide', () => void client.keep(), { signal });
  addEventListener('focus', () => app.lookedAt(), { signal });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void client.keep();
    else {
      client.wake();
      app.lookedAt();
    }
  }, { signal });
}

/** Tells somebody who waits to be let in why they do: beside the form, where they came by one. */
function explain(app: App, state: ConnectionState): void {
  if (state.name !== 'waiting' && state.name !== 'offline') return;
  const place = document.getElementById('login-error');
  if (place) place.textContent = state.name === 'offline' ? m.noNetwork : `${m.disconnected} ${m.nextTry(Math.ceil((state.until - Date.now()) / 1000))}`;
  else if (!document.getElementById('waiting')) document.body.replaceChildren(waitingView(app));
}
