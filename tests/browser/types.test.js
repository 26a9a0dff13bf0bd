// The pages are plain JavaScript with types in comments; the compiler holds them to the package's own types.

import { execFile } from 'node:child_process';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const COMPILER = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const PROJECT = fileURLToPath(new URL('tsconfig.json', import.meta.url));

test('the pages use the package as its types say', async () => {
  await promisify(execFile)(process.execPath, [COMPILER, '--project', PROJECT]).catch(({ stdout }) => {
    throw new Error(stdout);
  });
});
