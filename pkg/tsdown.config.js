// Each entry is a file of its own, and names the others it may need: the engine is in the default entry, and in what stands
// in its place.

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

/** What an entry names and does not hold: another entry, beside it in dist. */
const OTHERS = new Map([
  ['../index.js', './index.js'],
  ['./forms.js', './forms.js'],
]);

const besideOthers = {
  name: 'beside-others',
  resolveId: (path) => (OTHERS.has(path) ? { id: OTHERS.get(path), external: true } : undefined),
};

/** An entry in one file: no chain of requests stands before a page's first preview. */
const alone = (name, options) => ({ ...common, entry: [`src/${name}.ts`], plugins: [besideOthers], dts: false, ...options });

const ENTRIES = ['index', 'streaming', 'client', 'element', 'element.server', 'forms'];

export default defineConfig([
  // Their types are written together, so that each is there once.
  { ...common, entry: ENTRIES.map((name) => `src/${name}.ts`), dts: { emitDtsOnly: true }, onSuccess: writeLicences },
  ...ENTRIES.map((name) => alone(name, { minify: true })),
  // Small above all: tests/package/sizes.test.js says how small. Its comments are in its types.
  { ...common, entry: ['src/plans.ts'], minify: true },
  {
    ...common,
    entry: ['src/scripted.ts'],
    outputOptions: { ...common.outputOptions, chunkFileNames: 'scripted/[name].js' },
    plugins: [withoutWebAssembly],
    minify: true,
    // Its types are those of the default entry, and must not be others.
    dts: false,
    onSuccess: () => writeFile('dist/scripted.d.ts', "export * from './index.js';\n"),
  },
]);
