import { m } from '../i18n/index.ts';
import type { App } from '../model/app.ts';

/** The parts of the app that the first screen does without. */
export const later = {
  profile: () => import('./profile.ts'),
  newChat: () => import('./new-chat.ts'),
  details: () => import('./details.ts'),
  viewer: () => import('./viewer.ts'),
};

const IDLE_MS = 2_000;

/** Has all parts here before a new release takes them away; one that does not come is asked for again when it is needed. */
export function fetchAhead(): void {
  const fetchAll = (): void => Object.values(later).forEach(part => void part().catch((error: unknown) => console.debug('not here yet', error)));
  if ('requestIdleCallback' in window) requestIdleCallback(fetchAll, { timeout: 5 * IDLE_MS });
  else setTimeout(fetchAll, IDLE_MS);
}

/** Uses a part, or says that the page is too old to have it. */
export async function useLater<Part>(part: () => Promise<Part>, app: App, use: (part: Part) => void): Promise<void> {
  let here: Part;
  try {
    here = await part();
  } catch (error) {
    console.info('a part of the app did not come:', error);
    app.tell(m.partMissing, { label: m.reload, run: () => location.reload() });
    return;
  }
  use(here);
}
