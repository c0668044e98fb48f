export type Unsubscribe = () => void;

/** Typed events: `on` returns what ends the subscription. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(detail: never) => void>>();

  on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Unsubscribe {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Resolves with the first such event for which the condition holds. */
  once<Name extends keyof Events>(name: Name, wanted: (detail: Events[Name]) => boolean = () => true): Promise<Events[Name]> {
    return new Promise(resolve => {
      const end = this.on(name, detail => {
        if (!wanted(detail)) return;
        end();
        resolve(detail);
      });
    });
  }

  /** What a listener throws is the program's, as if nobody had called it: it stops neither other listeners nor who tells. */
  protected emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void {
    for (const listener of [...this.#listeners.get(name) ?? []]) {
      try {
        (listener as (detail: Events[Name]) => void)(detail);
      } catch (error) {
        queueMicrotask(() => { throw error; });
      }
    }
  }
}
