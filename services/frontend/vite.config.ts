import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compression } from 'vite-plugin-compression2'

export default defineConfig({
  plugins: [
    react(),
    // Compressed once here in place of at every request.
    compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(js|css|svg)$/, threshold: 1024 }),
  ],
  build: {
    // Browsers of the last two years.
    target: 'es2024',
    // The policy of the page allows no data: scripts or styles, and small files cost little over HTTP/2.
    assetsInlineLimit: 0,
    sourcemap: true,
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1', port: 4004, strictPort: true },
})
