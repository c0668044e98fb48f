import './style/index.css';
import { ChatClient, IndexedDbStorage } from '../client/index.ts';
import { Backoff } from '../client/backoff.ts';
import { CLOSE_FINAL_MIN, CLOSE_UNAUTHENTICATED } from '../client/protocol.ts';
import { type Account, forget, remember, remembered } from './auth/account.ts';
import { namedAccount } from './auth/named.ts';
import { pastedAccount } from './auth/pasted.ts';
import { type AppConfig, loadConfig } from './config.ts';
import { applyLanguage, m } from './i18n/index.ts';
import { followAddress } from './model/address.ts';
import { App } from './model/app.ts';
import { closeText, problemText } from './model/problem.ts';
import { applyTheme } from './model/settings.ts';
import { shellView } from './view/shell.ts';
import { signInView, unreachableView } from './view/sign-in.ts';
import { fitViewport } from './view/viewport.ts';

const USER = 'user';
const REFUSED = 'refused';
const ASK_AGAIN_MS = 2_000;

async function knownAccount({ auth }: AppConfig): Promise<Account | null> {
  if (auth.mode === 'oidc') return (await import('./auth/oidc.ts')).oidcAccount(auth);
  return auth.tokenUrl ? namedAccount(auth.tokenUrl) : pastedAccount();
}

function showSignIn(config: AppConfig, problem: string): void {
  document.body.replaceChildren(signInView(config.auth, problem, account => void start(config, account)));
  document.querySelector<HTMLElement>('#login input, #login textarea, #login button')?.focus();
}

/** Where somebody waits to be let in. */
function explain(text: string): void {
  const place = document.getElementById('login-error');
  if (place) place.textContent = text;
}

async function start(config: AppConfig, account: Account): Promise<void> {
  const user = remembered<string>(USER) ?? undefined;
  const client = new ChatClient({ url: location.origin, token: account.token, user, device: 'web', storage: new IndexedDbStorage() });
  const app = new App(client, config, async () => {
    const address = await account.signOutAddress?.().catch(() => undefined);
    await client.stop({ forget: true });
    account.forget();
    forget(USER);
    history.replaceState(null, '', location.pathname);
    if (address) location.assign(address);
    else location.reload();
  });
  let shown = false;
  const life = new AbortController();
  const show = (): void => {
    if (shown || !client.user) return;
    shown = true;
    remember(USER, client.user);
    document.body.replaceChildren(shellView(app));
    followAddress(app);
  };
  client.on('state', state => {
    if (state.name === 'live') show();
    if (state.name === 'waiting' && !shown) explain(`${m.disconnected} ${m.nextTry(Math.ceil((state.until - Date.now()) / 1000))}`);
    if (state.name !== 'stopped' || state.code < CLOSE_FINAL_MIN) return;
    life.abort();
    if (state.code !== CLOSE_UNAUTHENTICATED) {
      if (!shown) showSignIn(config, closeText(state.code));
      return;
    }
    account.forget();
    forget(USER);
    if (!shown) {
      showSignIn(config, m.signedOut);
      return;
    }
    // Nothing of the page that was theirs goes on beside the next one's.
    remember(REFUSED, true);
    location.reload();
  });
  client.on('problem', () => app.tell(m.storageProblem));
  client.on('rooms', () => app.roomsChanged());
  const { signal } = life;
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
  show();
  await client.start();
  if (!navigator.onLine) client.network(false);
}

async function main(): Promise<void> {
  applyTheme();
  applyLanguage();
  fitViewport();
  if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(error => console.info('no offline use here:', error));
  await enter();
}

/** What the service tells its page; it is asked again until it answers, ever later or when somebody says so. */
async function configuration(): Promise<AppConfig> {
  const { view, again } = unreachableView();
  const backoff = new Backoff(ASK_AGAIN_MS);
  for (;;) {
    try {
      return await loadConfig();
    } catch (error) {
      console.info('no configuration:', error);
      if (!view.isConnected) document.body.replaceChildren(view);
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, backoff.next());
        again.disabled = false;
        again.onclick = () => { clearTimeout(timer); resolve(); };
      });
      again.disabled = true;
    }
  }
}

/** Shows the app to who is signed in, and to others how to. */
async function enter(): Promise<void> {
  const config = await configuration();
  try {
    const account = await knownAccount(config);
    const refused = remembered<boolean>(REFUSED);
    forget(REFUSED);
    if (account) await start(config, account);
    else showSignIn(config, refused ? m.signedOut : '');
  } catch (error) {
    showSignIn(config, m.signInFailed(problemText(error)));
  }
}

void main();
