// A headless Chromium for one test file: the system's own, with a profile that is empty and thrown away.

import process from 'node:process';

import { chromium } from 'playwright-core';

const PROGRAM = process.env.FIADO_CHROMIUM ?? '/usr/bin/chromium';

const OPTIONS = [
  '--disable-gpu',
  '--disable-quic',
  // The pages need no other host, so a browser that asks for one only disturbs the test.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Starts the browser; the test ends it with `close`. */
export function openChromium() {
  return chromium.launch({ executablePath: PROGRAM, args: OPTIONS, chromiumSandbox: !isRoot() });
}

/** Chromium refuses to be sandboxed as root, which tests in a container usually are. */
function isRoot() {
  return process.getuid?.() === 0;
}

/** Collects what a page complains about: errors thrown, errors logged, requests that failed. A good page has none. */
export function complaintsOf(page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  return complaints;
}
