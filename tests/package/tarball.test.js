// What is published: all that is needed to run, nothing that is only needed to build, and no dependency.

import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { freshProject } from './project.js';

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

test('the tarball holds these files and no others', () => {
  const isShared = (file) => /^dist\/(?:shared|scripted)\/\w+(?:\.d)?\.[jt]s$/.test(file);
  assert.deepEqual(project.files.filter((file) => !isShared(file)), [
    'README.es.md',
    'README.md',
    'dist/LICENSE',
    'dist/THIRD-PARTY.txt',
    'dist/client.d.ts',
    'dist/client.js',
    'dist/element.d.ts',
    'dist/element.js',
    'dist/element.server.d.ts',
    'dist/element.server.js',
    'dist/fiado_bg.wasm',
    'dist/forms.d.ts',
    'dist/forms.js',
    'dist/forms_bg.wasm',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/plans.d.ts',
    'dist/plans.js',
    'dist/scripted.d.ts',
    'dist/scripted.js',
    'dist/streaming.d.ts',
    'dist/streaming.js',
    'package.json',
  ]);
});

test('nothing is installed with it', async () => {
  const manifest = await project.manifest();
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    assert.equal(manifest[kind], undefined, kind);
  }
});

test('every address that package.json exports is a file', async () => {
  const { exports } = await project.manifest();
  const targets = Object.values(exports).flatMap((target) => Object.values(typeof target === 'string' ? [target] : target));
  for (const target of targets) {
    assert.ok((await stat(project.installed(target))).isFile(), target);
  }
});
