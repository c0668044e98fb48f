/** What the app takes from the browser when it is loaded, for tests without one. */

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

function give(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

give('localStorage', new MemoryPlace());
give('sessionStorage', new MemoryPlace());
give('location', place);
give('matchMedia', () => ({ matches: false }));

export { place };

/** Answers the page's requests. @returns what was asked for, so far */
export function answers(answer: (url: string, init?: RequestInit) => Response | Promise<Response>): string[] {
  const asked: string[] = [];
  globalThis.fetch = async (input, init) => {
    asked.push(String(input));
    return answer(String(input), init);
  };
  return asked;
}
