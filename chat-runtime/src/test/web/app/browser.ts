/** What the app takes from the browser when it is loaded, for tests without one. */
import { setMaxListeners } from 'node:events';

class MemoryPlace implements Storage {
  [name: string]: unknown;
  readonly #values = new Map<string, string>();
  get length(): number { return this.#values.size; }
  clear(): void { this.#values.clear(); }
  getItem(key: string): string | null { return this.#values.get(key) ?? null; }
  key(index: number): string | null { return [...this.#values.keys()][index] ?? null; }
  removeItem(key: string): void { this.#values.delete(key); }
  setItem(key: string, value: string): void { this.#values.set(key, value); }
}

const place = { href: 'https://chat.example.com/', origin: 'https://chat.example.com', pathname: '/', search: '', hash: '' };

/** The addresses that lead back from the present one, which is the last. */
class Steps {
  readonly #steps: { state: unknown; url: string }[] = [{ state: null, url: place.href }];

  get state(): unknown { return this.#steps.at(-1)!.state; }

  pushState(state: unknown, _: string, url: string): void {
    this.#steps.push({ state, url: place.href });
    this.replaceState(state, _, url);
  }

  replaceState(state: unknown, _: string, url: string): void {
    this.#steps.splice(-1, 1, { state, url: new URL(url, place.href).href });
    this.#show();
  }

  back(): void {
    this.#steps.pop();
    this.#show();
    page.dispatchEvent(new Event('popstate'));
  }

  #show(): void {
    const { href, pathname, search, hash } = new URL(this.#steps.at(-1)!.url);
    Object.assign(place, { href, pathname, search, hash });
  }
}

const page = new EventTarget();
// All apps of a test file are in one page.
setMaxListeners(0, page);

function give(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

give('localStorage', new MemoryPlace());
give('sessionStorage', new MemoryPlace());
give('location', place);
give('history', new Steps());
give('addEventListener', page.addEventListener.bind(page));
give('dispatchEvent', page.dispatchEvent.bind(page));
give('matchMedia', () => ({ matches: false }));

export { place };

/** Follows a link to a part of the page, or opens the page by it. */
export function follow(hash: string): void {
  history.pushState(null, '', place.pathname + hash);
  page.dispatchEvent(new Event('popstate'));
}

/** Another window of the same browser writes something, or takes it away. */
export function elsewhere(key: string, value: string | null): void {
  if (value === null) localStorage.removeItem(key);
  else localStorage.setItem(key, value);
  page.dispatchEvent(Object.assign(new Event('storage'), { key, newValue: value }));
}

/** Answers the page's requests. @returns what was asked for, so far */
export function answers(answer: (url: string, init?: RequestInit) => Response | Promise<Response>): string[] {
  const asked: string[] = [];
  globalThis.fetch = async (input, init) => {
    asked.push(String(input));
    return answer(String(input), init);
  };
  return asked;
}
