import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { built } from './built';

// Development: `graphrisk demo` on its port answers what is asked, this server only gives the sources.
const server = process.env.GRAPHRISK_SERVER ?? 'http://127.0.0.1:5080';

export default defineConfig(({ command }) => ({
  base: command === 'build' ? '/app/' : '/',
  plugins: [react(), built()],
  build: {
    outDir: '../assets/app',
    emptyOutDir: true,
    assetsDir: '.',
    target: ['chrome109', 'firefox115', 'safari16'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1700,
  },
  server: { proxy: { '/graphql': { target: server, changeOrigin: true, headers: { Origin: server } }, '/app/session.json': { target: server, changeOrigin: true } } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
}));
