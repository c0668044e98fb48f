import { device } from './device.ts';

/** What somebody has begun, by where that is: it outlives the page, and is the same in all of their windows on the device. */
export class Begun<What> {
  readonly #prefix: string;
  #isOver = false;

  /** @param changed told where another window has written something */
  constructor(kind: string, user: string, changed: (where: string) => void) {
    this.#prefix = `${kind}/${encodeURIComponent(user)}/`;
    addEventListener('storage', ({ key }) => {
      if (key?.startsWith(this.#prefix)) changed(key.slice(this.#prefix.length));
    });
  }

  at(where: string): What | null {
    const kept = device.get(this.#prefix + where);
    return kept === null ? null : JSON.parse(kept) as What;
  }

  /** Where something is begun, as far as that begins so. */
  places(beginning = ''): string[] {
    return device.keys(this.#prefix + beginning).map(key => key.slice(this.#prefix.length));
  }

  keep(where: string, what: What): void {
    if (!this.#isOver) device.set(this.#prefix + where, JSON.stringify(what));
  }

  /** Whether it is there for the next page as well. */
  keeps(where: string): boolean {
    return device.keeps(this.#prefix + where);
  }

  forget(where: string): void {
    device.remove(this.#prefix + where);
  }

  /** Forgets all, and keeps nothing from then on: who signs out may still wait for something. */
  end(): void {
    this.#isOver = true;
    device.clear(this.#prefix);
  }
}
