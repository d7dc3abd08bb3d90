import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { compression } from 'vite-plugin-compression2'

/** The configuration that the server of this package gives in production: here that of `npm start`. */
function developmentSettings(): Plugin {
  const settings = {
    api_url: 'http://127.0.0.1:4000',
    oidc: {
      issuer: 'http://127.0.0.1:4003',
      client_id: 'worksights-web',
      scope: 'openid email profile offline_access',
      resource: 'https://worksights.local/api',
    },
  }
  return {
    name: 'development-settings',
    configureServer(server) {
      server.middlewares.use('/config.json', (_request, response) => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(settings))
      })
    },
  }
}

export default defineConfig({
  plugins: [
    react(),
    developmentSettings(),
    // Compressed once here in place of at every request.
    compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(js|css|svg)$/, threshold: 1024 }),
  ],
  build: {
    // Browsers of the last two years.
    target: 'es2024',
    // The same for styles, which a year does not name: light-dark() would be rewritten to what only a stylesheet's own color-scheme makes work.
    cssTarget: ['chrome131', 'edge131', 'firefox132', 'safari18'],
    // The policy of the page allows no data: scripts or styles, and small files cost little over HTTP/2.
    assetsInlineLimit: 0,
    sourcemap: true,
    modulePreload: { polyfill: false },
    // What every visit needs comes in one piece: fifty small ones compress worse and ask fifty times.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'app', tags: ['$initial'] }] } } },
  },
  server: { host: '127.0.0.1', port: 4004, strictPort: true },
})
