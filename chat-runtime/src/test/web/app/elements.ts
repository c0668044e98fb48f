/** As much of the page's elements as the views before the app's own need, for tests without a browser. */
class FakeElement extends EventTarget {
  [property: string]: unknown;
  readonly attributes = new Map<string, string>();
  #parent: FakeElement | null = null;
  #children: (FakeElement | string)[] = [];

  get isConnected(): boolean {
    return this === document.body as unknown || (this.#parent?.isConnected ?? false);
  }

  get textContent(): string {
    return this.#children.map(child => typeof child === 'string' ? child : child.textContent).join(' ');
  }

  set textContent(text: string) {
    this.replaceChildren(text);
  }

  get firstChild(): FakeElement | string | undefined {
    return this.#children[0];
  }

  append(...children: (FakeElement | string)[]): void {
    for (const child of children) if (child instanceof FakeElement) child.#parent = this;
    this.#children.push(...children);
  }

  replaceChildren(...children: (FakeElement | string)[]): void {
    for (const child of this.#children) if (child instanceof FakeElement) child.#parent = null;
    this.#children = [];
    this.append(...children);
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  focus(): void {
    // Nobody looks.
  }

  byId(id: string): FakeElement | null {
    if (this['id'] === id) return this;
    for (const child of this.#children) {
      const found = child instanceof FakeElement ? child.byId(id) : null;
      if (found) return found;
    }
    return null;
  }
}

const body = new FakeElement();

function give(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

give('window', globalThis);
give('Node', FakeElement);
give('document', Object.assign(new EventTarget(), {
  body,
  createElement: () => new FakeElement(),
  getElementById: (id: string) => body.byId(id),
  querySelector: () => null,
}));

export { body, FakeElement };
