/**
 * The four bundles: main and preload for Electron's Node, the page for its Chromium, the host for Node 24 and for Electron's
 * utility process. The oldest Electron that is run is 25, so that is what the targets name.
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'
import { DIST, HOST_SOURCE, RENDERER, ROOT } from './project.ts'

const CHROMIUM = 'chrome114'
const ELECTRON_NODE = 'node18'
const HOST_NODE = 'node22'

interface NodeBundle {
  readonly name: string
  readonly entry: string
  readonly target: string
  readonly external: readonly string[]
}

/** CommonJS: a sandboxed preload knows nothing else, and a bundle in an archive starts the faster for it. */
const nodeBundle = ({ name, entry, target, external }: NodeBundle): InlineConfig => ({
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
      output: { format: 'cjs', entryFileNames: name === 'host' ? 'process.js' : '[name].js', chunkFileNames: '[name].js' }
    }
  }
})

export const MAIN: InlineConfig = nodeBundle({ name: 'main', entry: 'electron/main/main.ts', target: ELECTRON_NODE, external: ['electron'] })

export const PRELOAD: InlineConfig = nodeBundle({
  name: 'preload',
  entry: 'electron/preload/preload.ts',
  target: ELECTRON_NODE,
  external: ['electron']
})

/** The one package with a binary stays outside: a bundle cannot hold it. */
export const HOST: InlineConfig = nodeBundle({ name: 'host', entry: existsSync(HOST_SOURCE) ? 'electron/host/process.ts' : 'test/support/fake-host.ts', target: HOST_NODE, external: ['better-sqlite3'] })

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
