import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no inline script and no data: font; every asset is a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // `npx vite workers/web/dashboard` beside a running hub.
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
