/** A centre that listens and dies where CARESETTLE_KILL_AT says. Run by centre-kill.test.ts. */

import { wireCentre } from '../../electron/centre/wire-centre.ts'
import { centreLog } from '../../electron/centre/log.ts'
import { NOW } from '../support/centre-of-tests.ts'

const [, , url = ''] = process.argv
const centre = await wireCentre({
  url,
  fixtures: new URL('../../fixtures', import.meta.url).pathname,
  log: centreLog('silent'),
  version: 'test',
  clock: () => NOW
})
if (!centre.ok) throw new Error(JSON.stringify(centre.error))
process.stdout.write(`${await centre.value.listen({ host: '127.0.0.1', port: 0 })}\n`)
