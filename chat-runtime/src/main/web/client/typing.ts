import type { Environment } from './environment.ts';
import type { Room } from './room.ts';
import type { Session } from './session.ts';

const SHOWN_MS = 6_000;
const TOLD_MS = 3_000;

/** Who is typing where: told at most every few seconds, shown until shortly after it was last told. */
export class Typing {
  readonly #session: Session;
  readonly #environment: Environment;
  readonly #changed: (room: Room) => void;
  readonly #toldAt = new Map<string, number>();

  constructor(session: Session, environment: Environment, changed: (room: Room) => void) {
    this.#session = session;
    this.#environment = environment;
    this.#changed = changed;
  }

  tell(room: string): void {
    const now = this.#environment.now();
    if (now - (this.#toldAt.get(room) ?? 0) < TOLD_MS) return;
    this.#toldAt.set(room, now);
    this.#session.request('typing', { room }).catch(() => undefined); // Worth nothing a moment later.
  }

  told(room: Room, user: string): void {
    const until = this.#environment.now() + SHOWN_MS;
    room.typing.set(user, until);
    this.#changed(room);
    this.#environment.setTimer(() => {
      if (room.typing.get(user) === until && room.typing.delete(user)) this.#changed(room);
    }, SHOWN_MS);
  }
}
