// No import map holds in a worker, so the package has its address.
import { createCredit } from '/node_modules/fiado/dist/index.js';

import { answersOf } from './shared/answers.js';

postMessage(answersOf(createCredit));
