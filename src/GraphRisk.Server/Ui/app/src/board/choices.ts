// What a board can be asked by. Each choice stands in the address of the page, so that a link carries it; absent where it is the usual one.
import { isDay } from '../app/times';
import type { Option } from '../app/Choice';

export interface BoardChoice {
  /** As the address has it. */
  name: string;
  label: string;
  /** What it is where nothing was chosen. */
  usual: string;
  /** One of these; a day where there are none. */
  options?: readonly Option[];
}

export type Chosen = Readonly<Record<string, string>>;

/** What an address has chosen; whatever it cannot mean is the usual one. */
export function chosenOf(choices: readonly BoardChoice[], search: URLSearchParams): Chosen {
  return Object.fromEntries(choices.map(({ name, usual, options }) => {
    const text = search.get(name);
    const isKnown = text !== null && (options ? options.some((option) => option.id === text) : isDay(text));
    return [name, isKnown ? text : usual];
  }));
}

/** The address with another choice. */
export function choosing(search: URLSearchParams, choice: BoardChoice, value: string): URLSearchParams {
  const after = new URLSearchParams(search);
  if (value === choice.usual || value === '') after.delete(choice.name);
  else after.set(choice.name, value);
  return after;
}
