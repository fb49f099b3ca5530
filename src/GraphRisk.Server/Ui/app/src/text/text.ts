// One catalogue of texts in two languages; `catalogue.test.ts` holds them complete and used.
import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import en from './en.json';
import zh from './zh.json';

export type Language = 'en' | 'zh';

const chosen = 'graphrisk.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(chosen);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export async function openTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: false,
    resources: { en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = i18next.language === 'zh' ? 'zh-CN' : 'en';
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(chosen, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  await i18next.changeLanguage(language);
}

export function useText() {
  const { t, i18n } = useTranslation();
  const language = (i18n.language === 'zh' ? 'zh' : 'en') as Language;
  return { t, language };
}

const catalogues = { en, zh } as const;

/** The text of a code of the schema, such as ListingKind.SANCTION; the code itself where the catalogue has none, since a list may be longer tomorrow. */
export function useCode(): (list: keyof typeof en.code, code: string | null | undefined) => string {
  const { language } = useText();
  // Read from the catalogue itself: i18next would make a copy of the whole list for each code, and lists of rows ask for thousands.
  return useCallback((list, code) => (code ? ((catalogues[language].code[list] as Record<string, string>)[code] ?? code) : ''), [language]);
}
