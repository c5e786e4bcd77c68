/** The real centre as a process of its own, for `npm run bench:sync`. Only the rate of requests is unbounded. */

import { wireCentre } from '../../../electron/centre/wire-centre.ts'
import { centreLog } from '../../../electron/centre/log.ts'
import { unpackBeside } from '../../../electron/centre/unpack/beside.ts'
import { keepBatchesYoung } from '../../../electron/centre/young-batches.ts'
import { mainThreadFirst } from '../../../electron/host/main-thread-first.ts'
import { tellOf } from './served.ts'

const [, , url = ''] = process.argv
keepBatchesYoung()
mainThreadFirst()
const unbounded = { burst: 1e9, perSecond: 1e9 }
const centre = await wireCentre({
  url,
  fixtures: new URL('../../../fixtures', import.meta.url).pathname,
  log: centreLog('silent'),
  version: 'bench',
  unpack: unpackBeside().unpack,
  rates: { address: unbounded, terminal: unbounded, enrolment: unbounded }
})
if (!centre.ok) throw new Error(JSON.stringify(centre.error))
tellOf(centre.value.app.server, await centre.value.listen({ host: '127.0.0.1', port: 0 }))
