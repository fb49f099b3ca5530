// Says beside the bundle what it was built from, so that a test can tell a stale one without Node, and under which licences its packages are.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Every file that has a say in the bundle, by path. */
function sources(): string[] {
  const below = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('src/api/generated/') && !file.endsWith('.test.ts'));
  return ['built.ts', 'codegen.ts', 'index.html', 'package-lock.json', 'package.json', 'tsconfig.json', 'vite.config.ts', ...below].sort();
}

function licences(modules: Iterable<string>): string {
  const folders = [...modules].map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replaceAll('\\', '/').replace(/^\0/, ''))?.[0]);
  const texts = [...new Set(folders)].filter((folder) => folder !== undefined && existsSync(join(folder, 'package.json'))).map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder!, 'package.json'), 'utf8'));
    const file = readdirSync(folder!).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n${file ? readFileSync(join(folder!, file), 'utf8').trim() : ''}\n`;
  });
  return [...new Set(texts)].sort().join('\n--------\n\n');
}

export function built(): Plugin {
  return {
    name: 'built-from',
    apply: 'build',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const hashes = sources().map((file) => `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${file}\n`);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licences(modules) });
      this.emitFile({ type: 'asset', fileName: 'built-from.txt', source: hashes.join('') });
    },
  };
}
