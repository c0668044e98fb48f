/** Waiting times between attempts: doubled each time up to a ceiling, with jitter so that clients do not come back together. */
export class Backoff {
  #failures = 0;
  readonly #minMs: number;
  readonly #maxMs: number;
  readonly #random: () => number;

  constructor(minMs = 500, maxMs = 30_000, random: () => number = Math.random) {
    this.#minMs = minMs;
    this.#maxMs = maxMs;
    this.#random = random;
  }

  /** Between half the present ceiling and the ceiling. */
  next(): number {
    const ceiling = Math.min(this.#maxMs, this.#minMs * 2 ** Math.min(this.#failures++, 30));
    return ceiling / 2 + this.#random() * ceiling / 2;
  }

  reset(): void {
    this.#failures = 0;
  }
}
