import { tell } from './shared/answers.js';

const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
worker.addEventListener('message', ({ data }) => tell(data));
