import { createCredit } from 'fiado';

import { answersOf } from './shared/answers.js';

postMessage(answersOf(createCredit));
