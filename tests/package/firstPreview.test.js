// The first preview is there at once. What a machine does besides this test only makes it slower, so that the bound here has
// slack and is for the fastest; `cargo xtask bench preview` holds the median to the whole promise.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { firstPreviews } from '../bench/preview/first.js';
import { snapshot } from '../bench/preview/snapshot.js';
import { openChromium } from '../browser/chromium.js';
import { serveFiles } from '../browser/files.js';
import { freshProject } from './project.js';

const PROMISED = 30;
const SLACK = 3;

let project;
let browser;
let files;
before(async () => {
  [project, browser] = await Promise.all([freshProject(), openChromium()]);
  files = await serveFiles(project.installed('dist'));
});
after(async () => {
  files?.close();
  await browser?.close();
  await project?.remove();
});

test('the first preview in Chromium', async () => {
  const waits = await firstPreviews(browser, files.address, snapshot, 9);
  const median = waits[Math.floor(waits.length / 2)];
  const told = waits.map((wait) => wait.toFixed(1)).join(', ');
  console.log(`first preview: ${median.toFixed(1)} ms after the script's start (promised ${PROMISED}); each: ${told}`);
  assert.ok(waits[0] <= PROMISED * SLACK, told);
});
