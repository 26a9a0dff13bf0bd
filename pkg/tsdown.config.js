// What entries share is a file of its own, so that a page with two of them has one engine. The scripted entry and the
// schedules alone have another engine, and share nothing.

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'tsdown';

const common = {
  outDir: 'dist',
  clean: false,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  fixedExtension: false,
  hash: false,
  outputOptions: { chunkFileNames: 'shared/[name].js', minifyInternalExports: false },
  // Read as what they are: package.json speaks of the files in dist.
  treeshake: { moduleSideEffects: true },
};

/** What stands in the place of an engine where there is no WebAssembly. */
const SCRIPTED = new Map([
  ['./engine.js', 'src/engine.scripted.ts'],
  ['./formsEngine.js', 'src/formsEngine.scripted.ts'],
]);

const withoutWebAssembly = {
  name: 'without-webassembly',
  resolveId: (path) => (SCRIPTED.has(path) ? fileURLToPath(new URL(SCRIPTED.get(path), import.meta.url)) : undefined),
};

/** What is bundled in, whose licences ask to be passed on. */
const BUNDLED = ['@lit/reactive-element', 'lit', 'lit-element', 'lit-html', 'openapi-fetch'];

/** Puts the licences of others beside what they made. */
async function writeLicences() {
  const texts = BUNDLED.map(async (name) => `${name}\n\n${await readFile(`node_modules/${name}/LICENSE`, 'utf8')}`);
  await writeFile('dist/THIRD-PARTY.txt', (await Promise.all(texts)).join('\n\n'));
}

/** Two files, both of which the default entry names itself, so that no chain of requests stands before a first preview. */
const SHARED = [
  { name: 'common', test: /src\/(?:explained|inlined|problem)\.[jt]s$/ },
  { name: 'engine', test: /(?:src\/(?:credit|engine|preview|snapshotProblems)|generated\/fiado\/fiado)\.[jt]s$/ },
];

export default defineConfig([
  {
    ...common,
    outputOptions: { ...common.outputOptions, advancedChunks: { groups: SHARED } },
    entry: ['index', 'streaming', 'client', 'element', 'element.server', 'forms'].map((name) => `src/${name}.ts`),
    onSuccess: writeLicences,
  },
  // Small above all: tests/package/sizes.test.js says how small. Its comments are in its types.
  { ...common, entry: ['src/plans.ts'], minify: true },
  {
    ...common,
    entry: ['src/scripted.ts'],
    // Its own: none of them is what the other entries share.
    outputOptions: { ...common.outputOptions, chunkFileNames: 'scripted/[name].js' },
    plugins: [withoutWebAssembly],
    minify: true,
    // Its types are those of the default entry, and must not be others.
    dts: false,
    onSuccess: () => writeFile('dist/scripted.d.ts', "export * from './index.js';\n"),
  },
]);
