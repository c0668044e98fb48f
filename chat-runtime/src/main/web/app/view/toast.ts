import type { App, Notice } from '../model/app.ts';
import { focusText } from './composer.ts';
import { fill, h } from './dom.ts';

const TOLD_MS = 6_000;

/** Shows over the page what the person is told, one thing at a time. */
export function showNotices(page: HTMLElement, app: App): void {
  const toast = h('div', { id: 'notice', class: 'toast', role: 'alert', hidden: true });
  let told: Notice | null = null;
  let timer = 0;
  const end = (): void => {
    const wasThere = toast.contains(document.activeElement);
    toast.hidden = true;
    if (wasThere) focusText();
  };
  app.on('notice', notice => {
    told = notice;
    const { text, action } = notice;
    const act = (): void => {
      end();
      action?.run();
    };
    fill(toast, text, action && h('button', { type: 'button', class: 'link', on: { click: act } }, action.label));
    // What lies under an open dialog is dimmed, and out of reach for everybody.
    (Array.from(document.querySelectorAll('dialog[open]')).at(-1) ?? page).append(toast);
    toast.hidden = false;
    clearTimeout(timer);
    // What can be done about it stays until something else is told, or it does not hold any more.
    if (!action) timer = window.setTimeout(end, TOLD_MS);
  });
  app.on('noticeOver', notice => notice === told && end());
  // A dialog takes with it what is in it; its event does not bubble.
  document.addEventListener('close', () => page.append(toast), true);
  page.append(toast);
}
