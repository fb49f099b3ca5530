import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './en.json';
import zh from './zh.json';

type Texts = { [key: string]: string | Texts };

function flat(texts: Texts, before = ''): Map<string, string> {
  return new Map(Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)]));
}

const plural = /_(one|other)$/;
const keys = (texts: Texts) => [...new Set([...flat(texts).keys()].map((key) => key.replace(plural, '')))].sort();

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name) && !entry.parentPath.includes('generated'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

describe('the catalogue', () => {
  it('says everything in both languages', () => {
    expect(keys(zh)).toEqual(keys(en));
  });

  it('fills the same blanks in both languages', () => {
    const blanks = (text: string | undefined) => [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    const chinese = flat(zh);
    for (const [key, text] of flat(en)) expect(blanks(chinese.get(key.replace(/_one$/, '_other'))), key).toEqual(blanks(text));
  });

  it('has every text that is asked for', () => {
    const asked = [...sources.matchAll(/\bt\(\s*['"]([\w.-]+)['"]/g)].map((match) => match[1]!);
    expect(asked.length).toBeGreaterThan(20);
    const known = new Set(keys(en));
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
  });

  it('has no text that nobody asks for', () => {
    // Codes are asked for by their list; what else is asked for stands in quotes somewhere.
    const lists = [...sources.matchAll(/\bcode\(\s*'(\w+)'/g)].map((match) => `code.${match[1]}.`);
    const unused = keys(en).filter((key) => !(key.startsWith('code.') ? lists.some((list) => key.startsWith(list)) : sources.includes(`'${key}'`)));
    expect(unused).toEqual([]);
  });

  it('leaves nothing in English in the Chinese one', () => {
    const foreign = [...flat(zh)].filter(([key, text]) => !/[一-鿿]/.test(text) && text === flat(en).get(key) && /[a-z]{4}/i.test(text));
    expect(foreign).toEqual([]);
  });
});
