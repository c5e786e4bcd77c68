/** Builds what `npm start` opens, unless it is built already from just these sources. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DIST } from './project.ts'
import { isFresh, markFresh, sourcesNow } from './freshness.ts'

/** Which bundles are CommonJS and which are modules is told to Node beside them. */
export function writeDistPackages(): void {
  for (const [folder, type] of [['main', 'commonjs'], ['preload', 'commonjs'], ['host', 'module'], ['reader', 'module']] as const) {
    mkdirSync(join(DIST, folder), { recursive: true })
    writeFileSync(join(DIST, folder, 'package.json'), `${JSON.stringify({ type })}\n`)
  }
}

export type Built = 'built' | 'fresh'

export async function build(): Promise<Built> {
  const sources = sourcesNow()
  if (isFresh(sources)) return 'fresh'
  const [vite, bundles] = await Promise.all([import('vite'), import('./bundles.ts')])
  await inProduction(() => Promise.all([bundles.MAIN, bundles.PRELOAD, bundles.HOST, bundles.READER, bundles.PAGE].map((bundle) => vite.build(bundle))))
  writeDistPackages()
  markFresh(sources)
  return 'built'
}

/** A test runner that asks for the program sets a NODE_ENV of its own, and another React would go into the page. */
async function inProduction(run: () => Promise<unknown>): Promise<void> {
  const { NODE_ENV: before } = process.env
  process.env['NODE_ENV'] = 'production'
  try {
    await run()
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}
