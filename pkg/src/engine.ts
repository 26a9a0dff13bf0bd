// The engine as the crate exports it. Each entry loads it in its own way before anything here is called.

export { Line } from '../generated/fiado/fiado.js';
