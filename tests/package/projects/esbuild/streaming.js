import { createCredit, init } from 'fiado/streaming';
import address from 'fiado/fiado_bg.wasm';

import { answersOf, tell } from './shared/answers.js';

await init(new URL(address, import.meta.url));
tell(answersOf(createCredit));
