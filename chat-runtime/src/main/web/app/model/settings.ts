import { device } from './device.ts';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'settings';

interface Settings { language: string; theme: Theme }

function read(): Settings {
  try {
    return { language: '', theme: 'system', ...JSON.parse(device.get(KEY) ?? '{}') as Partial<Settings> };
  } catch {
    return { language: '', theme: 'system' };
  }
}

/** What a person chose on this device. */
export const settings: Settings = read();

export function saveSettings(changes: Partial<Settings>): void {
  Object.assign(settings, changes);
  device.set(KEY, JSON.stringify(settings));
  applyTheme();
}

export function applyTheme(): void {
  if (settings.theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = settings.theme;
}
