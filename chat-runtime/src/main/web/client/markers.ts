import type { Environment } from './environment.ts';
import type { Room } from './room.ts';
import type { Session } from './session.ts';

/** Tells the service how far the user has read, once for many steps. */
export class ReadMarkers {
  readonly #session: Session;
  readonly #environment: Environment;
  readonly #timers = new Map<string, unknown>();

  constructor(session: Session, environment: Environment) {
    this.#session = session;
    this.#environment = environment;
  }

  /** The newest marker is sent; one that is lost is sent again with the next connection. */
  send(room: Room, delayMs: number): void {
    if (this.#timers.has(room.id)) return;
    this.#timers.set(room.id, this.#environment.setTimer(() => {
      this.#timers.delete(room.id);
      this.#session.request('read', { room: room.id, seq: room.read }).catch(() => undefined);
    }, delayMs));
  }
}
