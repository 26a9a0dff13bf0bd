import { defineConfig } from 'vite';

export default defineConfig({
  root: 'console',
  // The server has the console here, and nowhere else.
  base: '/console/',
  publicDir: false,
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // Every file is a file: the page's policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  server: {
    host: '127.0.0.1',
    // `npm run dev` stands beside a `fiado serve`.
    proxy: { '/api': 'http://127.0.0.1:8080', '/pkg': 'http://127.0.0.1:8080' },
  },
});
