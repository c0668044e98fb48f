import { settings } from '../model/settings.ts';
import { en, type Messages } from './en.ts';
import { ko } from './ko.ts';

const catalogues: Record<string, Messages> = { en, ko };
const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/;

export const LANGUAGES = [['en', 'English'], ['ko', '한국어']] as const;

/** The language of the texts: the one chosen, or the first of the device's that there is. */
export const language = [settings.language, ...navigator.languages]
  .map(tag => tag.split('-')[0] ?? '')
  .find(tag => tag in catalogues) ?? 'en';

export const m: Messages = catalogues[language] ?? en;

export function applyLanguage(): void {
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
}
