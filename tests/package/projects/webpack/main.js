import { createCredit } from 'fiado';

import { answersOf, tell } from './shared/answers.js';

tell(answersOf(createCredit));
