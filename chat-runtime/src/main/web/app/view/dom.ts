export type Child = Node | string | number | null | undefined | false;

interface Common {
  class?: string;
  on?: { [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void };
  [attribute: `aria-${string}`]: string | undefined;
  [attribute: `data-${string}`]: string | undefined;
  role?: string;
}

type Props<Tag extends keyof HTMLElementTagNameMap> = Common & Partial<Omit<HTMLElementTagNameMap[Tag], keyof Common | 'style' | 'innerHTML' | 'outerHTML'>>;

/** Makes an element. Children that are text stay text: nothing a user wrote is ever read as markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, props: Props<Tag> = {}, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined) continue;
    if (name === 'on') for (const [type, listener] of Object.entries(value as object)) element.addEventListener(type, listener as EventListener);
    else if (name === 'class') element.className = value as string;
    else if (name === 'role' || name.startsWith('aria-') || name.startsWith('data-')) element.setAttribute(name, String(value));
    else Reflect.set(element, name, value);
  }
  append(element, children);
  return element;
}

export function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** Sets text only where it differs, so that screen readers hear changes alone. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Has screen readers say a text that was added, also where it reads as the one before. */
export function announce(log: Element, text: string): void {
  log.replaceChildren(h('p', {}, text));
}

/** Whether a key is part of writing a letter, also in Safari, where the one that ends it is told only by its old code. */
export function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229;
}

/** The Latin letter of a key, also where it writes another one. */
export function letterOf({ key, code }: KeyboardEvent): string {
  return /^[^\x00-\x7f]$/.test(key) && code.startsWith('Key') ? code.slice(3).toLowerCase() : key;
}

/** Whether whoever goes on by the keyboard would begin at the page's beginning. */
export function focusIsLost(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || !activeElement.checkVisibility();
}

export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Pages that were not loaded over TLS have no clipboard of their own; while a dialog is open, nothing outside of it can be selected.
  const pressed = document.activeElement;
  const field = h('textarea', { value: text, class: 'visually-hidden' });
  (pressed?.closest('dialog') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (pressed instanceof HTMLElement) pressed.focus({ preventScroll: true });
  if (!copied) throw new Error('nothing was copied');
}

const CLICK_AFTER_MS = 300;
let held = false;
let timer = 0;
const postponed = new Set<() => void>();

/** While somebody holds a control down nothing is made anew: a control that another one replaces is never clicked. */
function hold(event: Event): void {
  if (!(event.target instanceof Element) || !event.target.closest('button, a, label, summary, video, audio')) return;
  held = true;
  clearTimeout(timer);
}

function letGoIn(milliseconds: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(letGo, milliseconds);
}

function letGo(): void {
  held = false;
  for (const action of postponed) setTimeout(action);
  postponed.clear();
}

addEventListener('pointerdown', event => event.button === 0 && hold(event), { capture: true });
addEventListener('keydown', event => event.key === ' ' && hold(event), { capture: true });
// The click comes after these, with a finger a good while after; or it does not come at all.
for (const end of ['pointerup', 'pointercancel', 'keyup', 'contextmenu']) addEventListener(end, () => letGoIn(CLICK_AFTER_MS), { capture: true });
addEventListener('click', () => letGoIn(0), { capture: true });
// Of the window alone: what loses the focus to the control that is pressed tells it in the capturing phase only.
addEventListener('blur', letGo);

/** Runs at most once for each frame, however often it is asked for. */
export function onFrame(action: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const run = (): void => {
      if (!asked) return;
      if (held) {
        postponed.add(run);
        return;
      }
      asked = false;
      action();
    };
    requestAnimationFrame(run);
    // Hidden pages have no frames, but their state must not go stale.
    setTimeout(run, 200);
  };
}
