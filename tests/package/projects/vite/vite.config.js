import { defineConfig } from 'vite';

export default defineConfig({
  build: { target: 'es2022', rollupOptions: { input: ['index.html', 'streaming.html', 'inWorker.html'] } },
  worker: { format: 'es' },
});
