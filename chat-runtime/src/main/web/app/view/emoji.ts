import { m } from '../i18n/index.ts';
import { h } from './dom.ts';

export const QUICK_REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🎉'];

const EMOJI = [
  '😀', '😄', '😂', '🤣', '😊', '😉', '😍', '🥰', '😘', '😎', '🤩', '🥳', '🤔', '🙄', '😏', '😴', '😢', '😭', '😤', '😡', '🤯', '😱', '🥺', '😅',
  '👍', '👎', '👏', '🙌', '🙏', '💪', '👋', '🤝', '✌️', '🤞', '👌', '🫶', '❤️', '🧡', '💛', '💚', '💙', '💜', '💔', '💯', '🔥', '✨', '🎉', '🎂',
  '☕', '🍕', '🍻', '🌮', '🌈', '☀️', '🌙', '⭐', '🚀', '✅', '❌', '⚡', '💡', '📎', '📷', '🎵',
];

let open: HTMLElement | null = null;

/**
 * A small choice of emoji beside what asked for it, which has the focus again after it; arrow keys move, Escape closes.
 *
 * @param closed told at the end, for what asked may have gone meanwhile
 */
export function chooseEmoji(beside: HTMLElement, chosen: (emoji: string) => void, closed?: () => void): void {
  open?.hidePopover();
  const panel = h('div', { class: 'emoji-panel', role: 'dialog', 'aria-label': m.emoji, popover: 'auto' },
    ...EMOJI.map(emoji => h('button', {
      type: 'button', 'aria-label': emoji,
      on: { click: () => { panel.hidePopover(); chosen(emoji); } },
    }, emoji)));
  panel.addEventListener('keydown', event => moveFocus(panel, event));
  panel.addEventListener('toggle', event => {
    if ((event as ToggleEvent).newState === 'closed') {
      panel.remove();
      beside.focus();
      closed?.();
    }
  });
  document.body.append(panel);
  open = panel;
  panel.showPopover();
  place(panel, beside);
  panel.querySelector('button')?.focus();
}

function place(panel: HTMLElement, beside: HTMLElement): void {
  const anchor = beside.getBoundingClientRect();
  const box = panel.getBoundingClientRect();
  const above = anchor.top - box.height - 8;
  panel.style.top = `${above > 8 ? above : Math.min(anchor.bottom + 8, innerHeight - box.height - 8)}px`;
  panel.style.left = `${Math.max(8, Math.min(anchor.left, innerWidth - box.width - 8))}px`;
}

function moveFocus(panel: HTMLElement, event: KeyboardEvent): void {
  const columns = getComputedStyle(panel).gridTemplateColumns.split(' ').length;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...panel.querySelectorAll('button')];
  buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
}
