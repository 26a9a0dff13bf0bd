// What a page downloads, compressed as servers compress it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../../pkg/dist/', import.meta.url);

/** What a script of the package imports of the others, as its own text says. */
const IMPORTS = /(?:from|import)\s*["'](\.[^"']+)["']/g;

/** A script and all that it imports, each once. */
async function scripts(file, found = new Map()) {
  if (found.has(file.href)) return found;
  const text = await readFile(file, 'utf8');
  found.set(file.href, text);
  for (const [, imported] of text.matchAll(IMPORTS)) await scripts(new URL(imported, file), found);
  return found;
}

/** How many bytes a page downloads for an entry, and for what the entry loads as a file. */
async function downloaded(entry, ...files) {
  const texts = [...(await scripts(new URL(entry, DIST))).values()];
  const loaded = await Promise.all(files.map((file) => readFile(new URL(file, DIST))));
  return [...texts, ...loaded].reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
}

/** Says a size, and holds it against its limit. */
function holds(name, bytes, limit) {
  console.log(`${name}: ${bytes.toLocaleString('en')} bytes gzip (limit ${limit.toLocaleString('en')})`);
  assert.ok(bytes <= limit, `${bytes} bytes`);
}

test('the module with everything of the preview in it is at most 60 KB', async () => {
  const module = await readFile(new URL('fiado_bg.wasm', DIST));
  holds('fiado_bg.wasm', gzipSync(module, { level: 9 }).length, 60 * 1024);
});

for (const [name, kilobytes, entry, ...files] of [
  ['fiado/plans', 12, 'plans.js'],
  ['fiado/streaming', 64, 'streaming.js', 'fiado_bg.wasm'],
  ['fiado', 82, 'index.js'],
  ['fiado/scripted', 96, 'scripted.js'],
  ['fiado/forms', 54, 'forms.js'],
  ['fiado/client', 6, 'client.js'],
  ['fiado/element, without the engine', 21, 'element.js'],
]) {
  test(`all that a page downloads for ${name} is at most ${kilobytes} KB`, async () => {
    holds(name, await downloaded(entry, ...files), kilobytes * 1024);
  });
}
