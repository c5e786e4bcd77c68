/** The thread behind `beside.ts`: bodies in, in their order what is in them out. */

import { parentPort } from 'node:worker_threads'
import { invariant } from '../../../base/invariant.ts'
import { unpackWhole } from '../../../settlement/centre/serve/unpack.ts'
import { thisThreadLater } from '../../host/main-thread-first.ts'

const centre = parentPort
invariant(centre !== null, 'a centre starts this thread')
thisThreadLater()

centre.on('message', (body: Uint8Array) => {
  const unpacked = unpackWhole(body)
  const lent = typeof unpacked === 'string' ? undefined : unpacked.bytes.buffer
  centre.postMessage(unpacked, lent instanceof ArrayBuffer ? [lent] : [])
})
