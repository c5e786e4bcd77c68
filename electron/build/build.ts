/** Builds what `npm start` opens, unless it is built already from just these sources. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DIST } from './project.ts'
import { isFresh, markFresh, sourcesNow } from './freshness.ts'

export type Built = 'built' | 'fresh'

export async function build(): Promise<Built> {
  const sources = sourcesNow()
  if (isFresh(sources)) return 'fresh'
  const [vite, bundles] = await Promise.all([import('vite'), import('./bundles.ts')])
  mkdirSync(DIST, { recursive: true })
  // The project's files are modules, its bundles are not.
  writeFileSync(join(DIST, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`)
  await Promise.all([bundles.MAIN, bundles.PRELOAD, bundles.HOST, bundles.PAGE].map((bundle) => vite.build(bundle)))
  markFresh(sources)
  return 'built'
}
