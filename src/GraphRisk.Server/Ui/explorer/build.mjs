// Bundles the explorer into ../assets, which is committed: the server embeds it and needs no Node.
//   npm ci && npm run build
// `assets/built-from.txt` names the hash of every source, so a test can tell a stale bundle without Node.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const out = '../assets';
const sources = ['build.mjs', 'package-lock.json', 'package.json', 'src/answer.jsx', 'src/index.html', 'src/main.jsx', 'src/page.css'];

mkdirSync(out, { recursive: true });
for (const entry of readdirSync(out, { withFileTypes: true })) if (entry.isFile()) rmSync(join(out, entry.name)); // The application's folder is its own.
const { metafile } = await build({
  entryPoints: { explorer: 'src/main.jsx' },
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  format: 'iife',
  target: ['chrome109', 'firefox115', 'safari16'],
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.woff': 'dataurl', '.woff2': 'dataurl', '.ttf': 'dataurl' },
  legalComments: 'none',
});
copyFileSync('src/index.html', join(out, 'index.html'));
writeFileSync(join(out, 'licences.txt'), licences(packagesIn(metafile)));
writeFileSync(join(out, 'built-from.txt'), sources.map((file) => `${sha256(file)}  ${file}\n`).join(''));

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function packagesIn(metafile) {
  const folders = Object.keys(metafile.inputs)
    .map((input) => /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(input)?.[0])
    .filter(Boolean);
  return [...new Set(folders)].sort();
}

function licences(folders) {
  return folders
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json')));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
      return `${name} ${version} (${license})\n${text}\n`;
    })
    .join('\n--------\n\n');
}
