// The pages are built into `build/dashboard`, from where the admin port serves them. With `npx vite` in this folder they are
// served as they are edited, and ask a server on its usual admin port.
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'

const ADMIN = 'http://127.0.0.1:8788'

const config: UserConfig = defineConfig({
  plugins: [react()],
  base: './',
  build: { outDir: '../build/dashboard', emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 },
  server: {
    // The port answers to no page of another origin.
    proxy: Object.fromEntries(
      ['/api', '/admin', '/execute', '/compare', '/metrics', '/healthz', '/readyz'].map((path) => [
        path,
        { target: ADMIN, changeOrigin: true, headers: { origin: ADMIN } },
      ]),
    ),
  },
})

// oxlint-disable-next-line import/no-default-export -- Vite asks for it.
export default config
