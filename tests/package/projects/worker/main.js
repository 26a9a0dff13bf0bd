import { tell } from './shared/answers.js';

const worker = new Worker('/worker.js', { type: 'module' });
worker.addEventListener('message', ({ data }) => tell(data));
