/**
 * The five bundles: main and preload for Electron's Node, the page for its Chromium, host and reader process for Node 24 and for
 * Electron's utility process. The oldest Electron that is run is 25, so that is what the targets name.
 */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig, Plugin } from 'vite'
import { contentSecurityPolicy, freshNonce } from '../page/content-security-policy.ts'
import { withNonce } from '../page/nonce-page.ts'
import { DIST, RENDERER, ROOT } from './project.ts'

const CHROMIUM = 'chrome114'
const ELECTRON_NODE = 'node18'
const HOST_NODE = 'node22'

interface NodeBundle {
  readonly name: string
  readonly entry: string
  readonly target: string
  /** A sandboxed preload knows CommonJS only. */
  readonly format: 'cjs' | 'es'
  readonly external: readonly string[]
}

const nodeBundle = ({ name, entry, target, format, external }: NodeBundle): InlineConfig => ({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: [...external], target: 'node' },
  build: {
    ssr: join(ROOT, entry),
    target,
    outDir: join(DIST, name),
    emptyOutDir: true,
    copyPublicDir: false,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      external: [...external],
      output: { format, entryFileNames: '[name].js', chunkFileNames: '[name].js' }
    }
  }
})

export const MAIN: InlineConfig = nodeBundle({ name: 'main', entry: 'electron/main/main.ts', target: ELECTRON_NODE, format: 'cjs', external: ['electron'] })

export const PRELOAD: InlineConfig = nodeBundle({
  name: 'preload',
  entry: 'electron/preload/preload.ts',
  target: ELECTRON_NODE,
  format: 'cjs',
  external: ['electron']
})

/** The one package with a binary stays outside: a bundle cannot hold it. */
export const HOST: InlineConfig = {
  ...nodeBundle({ name: 'host', entry: 'electron/host/process.ts', target: HOST_NODE, format: 'es', external: ['better-sqlite3'] }),
  plugins: [besideBundle('settlement/store/sqlite/migration')]
}

/** The process that holds real readers; its binary is found where the source has it, from the bundle as from the source. */
export const READER: InlineConfig = {
  ...nodeBundle({ name: 'reader', entry: 'electron/reader/process.ts', target: HOST_NODE, format: 'es', external: [] }),
  plugins: [besideBundle('card/reader/pcsc/binding/build/Release', 'binding/build/Release', /^pcsc\.node$/)]
}

/** Files that the code reads from beside itself, laid beside the bundle under the same names. */
function besideBundle(folder: string, place = basename(folder), wanted = /./): Plugin {
  return {
    name: 'caresettle-beside-bundle',
    generateBundle() {
      // A binary that could not be built is missed by the program, which says so.
      if (!existsSync(join(ROOT, folder))) return
      for (const path of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
        const file = join(ROOT, folder, path)
        if (!wanted.test(path) || !statSync(file).isFile()) continue
        this.emitFile({ type: 'asset', fileName: `${place}/${path.replaceAll(sep, '/')}`, source: readFileSync(file) })
      }
    }
  }
}

export const PAGE: InlineConfig = {
  root: RENDERER,
  configFile: false,
  logLevel: 'warn',
  plugins: [react()],
  build: {
    target: CHROMIUM,
    cssTarget: CHROMIUM,
    outDir: join(DIST, 'renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000
  }
}

const DEV_PORT = 5173
const DEV_NONCE = freshNonce()

/** The page while it is worked on: the same rules, and room for the server that hands in what changed. */
export const DEV_PAGE: InlineConfig = {
  ...PAGE,
  logLevel: 'info',
  html: { cspNonce: DEV_NONCE },
  server: {
    host: '127.0.0.1',
    port: DEV_PORT,
    fs: { allow: ['renderer', 'base', 'electron', 'node_modules'].map((folder) => join(ROOT, folder)) }
  },
  plugins: [react(), devPolicy()]
}

/** One nonce for the life of the server: its own scripts and styles are written into the page with it. */
function devPolicy(): Plugin {
  return {
    name: 'caresettle-dev-policy',
    transformIndexHtml: (html) => withNonce(html, DEV_NONCE),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const policy = contentSecurityPolicy(DEV_NONCE)
          .replace("script-src 'self'", `script-src 'self' 'nonce-${DEV_NONCE}'`)
          .replace("connect-src 'self'", `connect-src 'self' ws://${request.headers.host}`)
        response.setHeader('content-security-policy', policy)
        next()
      })
    }
  }
}
