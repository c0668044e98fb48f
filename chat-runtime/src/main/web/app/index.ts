import './style/index.css';
import { IndexedDbStorage } from '../client/index.ts';
import { Backoff } from '../client/backoff.ts';
import type { Account } from './auth/account.ts';
import { namedAccount } from './auth/named.ts';
import { pastedAccount } from './auth/pasted.ts';
import { type AppConfig, loadConfig } from './config.ts';
import { Entrance, wasRefused } from './entrance.ts';
import { applyLanguage, m } from './i18n/index.ts';
import { forgetLeftBehind } from './model/left-behind.ts';
import { problemText } from './model/problem.ts';
import { applyTheme } from './model/settings.ts';
import { unreachableView } from './view/sign-in.ts';
import { fitViewport } from './view/viewport.ts';

const ASK_AGAIN_MS = 2_000;

async function knownAccount({ auth }: AppConfig): Promise<Account | null> {
  if (auth.mode === 'oidc') return (await import('./auth/oidc.ts')).oidcAccount(auth);
  return auth.tokenUrl ? namedAccount(auth.tokenUrl) : pastedAccount();
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
  const entrance = new Entrance(await configuration());
  const isForgotten = await forgetLeftBehind(new IndexedDbStorage());
  try {
    const account = await knownAccount(entrance.config);
    const before = wasRefused() ? m.signedOut : '';
    if (account) await entrance.letIn(account);
    else entrance.showSignIn(isForgotten ? before : m.notForgotten);
  } catch (error) {
    entrance.showSignIn(m.signInFailed(problemText(error)));
  }
}

void main();
