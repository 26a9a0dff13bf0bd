// Answers cases with the package as it is built, a line for a line: `[snapshot, cart, [amount, moment]]` on each line of
// the input. What is printed is the SHA-256 of the answer, or the answer itself with `--answers`.

import { createHash } from 'node:crypto';
import { argv, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';

import { Line, preview } from '../../pkg/dist/index.js';

const isWhole = argv.includes('--answers');

/** The package promises never to throw; where it does, that is its answer. */
function answerTo([snapshot, cart, [amount, moment]]) {
  try {
    const line = new Line(snapshot);
    const told = (numbers) => (numbers[0] < 0 ? line.problem().code : Array.from(numbers));
    const answer = {
      preview: preview(snapshot, cart),
      by_cart: told(line.previewCart(cart)),
      by_amount: told(line.preview(amount, moment)),
    };
    line.free();
    return answer;
  } catch (error) {
    return { thrown: String(error) };
  }
}

/** JSON with the fields in the order of their names. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  return `{${names.sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

const digest = (text) => createHash('sha256').update(text).digest('hex');

for await (const line of createInterface({ input: stdin })) {
  const answer = answerTo(JSON.parse(line));
  const printed = isWhole ? JSON.stringify(answer) : digest(canonical(answer));
  // Waiting where the reader is slower keeps the memory small.
  if (!stdout.write(`${printed}\n`)) await new Promise((written) => stdout.once('drain', written));
}
