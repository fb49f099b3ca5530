// Numbers, shares, amounts and days as each language reads them. A figure that is not known is a dash, never a nought.
import { useMemo } from 'react';
import { useText, type Language } from './text';

export const unknown = '–';

const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB');
const formats = new Map<string, Intl.NumberFormat>();

function format(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.NumberFormat(locale(language), options)));
  return found;
}

type Figure = number | string | null | undefined;

const isFigure = (value: Figure): value is number | string => value !== null && value !== undefined && value !== '' && Number.isFinite(Number(value));

export function count(language: Language, value: Figure): string {
  return isFigure(value) ? format(language, { maximumFractionDigits: 0 }).format(Number(value)) : unknown;
}

export function decimal(language: Language, value: Figure, digits = 2): string {
  return isFigure(value) ? format(language, { maximumFractionDigits: digits }).format(Number(value)) : unknown;
}

/** Points with their sign; the minus is the typographic one. */
export function points(language: Language, value: Figure, digits = 1): string {
  return isFigure(value) ? format(language, { maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(Number(value)).replace('-', '−') : unknown;
}

/** A share of 0 to 1 as a percentage. */
export function percent(language: Language, value: Figure, digits = 2): string {
  return isFigure(value) ? format(language, { style: 'percent', maximumFractionDigits: digits }).format(Number(value)) : unknown;
}

/** A share known by its bounds: one figure where they are one, both ends where they are not. */
export function percentBetween(language: Language, low: Figure, high: Figure, digits = 2): string {
  if (!isFigure(low) && !isFigure(high)) return unknown;
  if (!isFigure(low)) return `≤ ${percent(language, high, digits)}`;
  if (!isFigure(high)) return `≥ ${percent(language, low, digits)}`;
  if (Number(low) === Number(high)) return percent(language, low, digits);
  const [from, to] = [percent(language, low, digits), percent(language, high, digits)];
  return from === to ? from : `${from}–${to}`;
}

const steps: Record<Language, readonly (readonly [number, string])[]> = {
  zh: [[1e12, '万亿'], [1e8, '亿'], [1e4, '万']],
  en: [[1e12, 'tn'], [1e9, 'bn'], [1e6, 'm'], [1e3, 'k']],
};

const currencies: Record<string, string> = { CNY: '¥', USD: 'US$', HKD: 'HK$', EUR: '€', GBP: '£' };

/** A large number to three or four digits, in 万 and 亿 or in m and bn. */
export function large(language: Language, value: Figure): string {
  if (!isFigure(value)) return unknown;
  const number = Number(value);
  for (const [unit, name] of steps[language]) {
    // What rounds up to the next unit is said in it.
    if (Math.abs(number) < unit * 0.99995) continue;
    const part = number / unit;
    const digits = Math.abs(part) >= 1000 ? 0 : Math.abs(part) >= 100 ? 1 : 2;
    return format(language, { maximumFractionDigits: digits }).format(part) + (language === 'zh' ? name : ` ${name}`);
  }
  return format(language, { maximumFractionDigits: Math.abs(number) < 100 ? 2 : 0 }).format(number);
}

/** An amount of money; CNY where no currency is named. Whole where `exact`. */
export function amount(language: Language, value: Figure, currency?: string | null, exact = false): string {
  if (!isFigure(value)) return unknown;
  const sign = currencies[currency ?? 'CNY'] ?? `${currency} `;
  const text = exact ? format(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Number(value)) : large(language, value);
  return text.startsWith('-') ? `−${sign}${text.slice(1)}` : sign + text;
}

/** A day, YYYY-MM-DD or the beginning of an instant, read without a time zone. */
export function day(language: Language, value: string | null | undefined): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(value ?? '');
  if (!parts) return value || unknown;
  if (language === 'zh') return `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日`;
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${Number(parts[3])}\u00a0${months[Number(parts[2]) - 1]}\u00a0${parts[1]}`; // A date is not broken over two lines.
}

/** An instant to the minute, in UTC, as the server counts. */
export function instant(language: Language, value: string | null | undefined): string {
  if (!value || Number.isNaN(Date.parse(value))) return value || unknown;
  const iso = new Date(value).toISOString();
  return `${day(language, iso)} ${iso.slice(11, 16)} UTC`;
}

export function useFormat() {
  const { language } = useText();
  return useMemo(
    () => ({
      count: (value: Figure) => count(language, value),
      decimal: (value: Figure, digits?: number) => decimal(language, value, digits),
      points: (value: Figure, digits?: number) => points(language, value, digits),
      percent: (value: Figure, digits?: number) => percent(language, value, digits),
      percentBetween: (low: Figure, high: Figure, digits?: number) => percentBetween(language, low, high, digits),
      large: (value: Figure) => large(language, value),
      amount: (value: Figure, currency?: string | null, exact?: boolean) => amount(language, value, currency, exact),
      day: (value: string | null | undefined) => day(language, value),
      instant: (value: string | null | undefined) => instant(language, value),
    }),
    [language],
  );
}
