// Answers a file of cases, `["assess" | "plans", snapshot, cart]` on each line, with the package as it is built:
// a line for a line.

import { createReadStream } from 'node:fs';
import { argv, stdout } from 'node:process';
import { createInterface } from 'node:readline';

import { assess, plans } from '../../pkg/dist/index.js';

const calls = { assess, plans };

/** The package promises never to throw; where it does, that is its answer. */
function answerTo([call, snapshot, cart]) {
  try {
    return calls[call](snapshot, cart);
  } catch (error) {
    return { thrown: String(error) };
  }
}

for await (const line of createInterface({ input: createReadStream(argv[2]) })) {
  stdout.write(`${JSON.stringify(answerTo(JSON.parse(line)))}\n`);
}
