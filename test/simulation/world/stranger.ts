/** Who asks the centre without being a till of it: unsigned, with somebody's name, tampered with, out of all measure. */

import type { Centre, Question } from './centre.ts'
import type { Random } from './random.ts'

const PATHS: readonly string[] = [
  '/v1/standing',
  '/v1/batches',
  '/v1/batches/1',
  '/v1/facts/retry',
  '/v1/policies',
  '/v1/lost-cards',
  '/v1/entitlements',
  '/v1/totals',
  '/v1/loads',
  '/v1/enrol',
  '/v1/../../etc/passwd',
  '/v1/standing?terminal=%00'
]
const BODIES: readonly string[] = [
  '',
  '{}',
  '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[',
  '{"__proto__":{"x":1}}',
  '{"code":"AAAA-AAAA-AAAA","publicKey":"","terminalName":"x","terminalNumbers":[]}',
  '{"cardId":"00000000000000000000000000000000","amount":1e300}',
  '\u0000\u0001\u0002'
]
const BODY_BYTES_MAX = 20_000

/** Whatever it is answered, nothing of it may change what the centre keeps. */
export async function strangerAsks(centre: Centre, random: Random): Promise<void> {
  await centre.ask(strangeQuestion(random))
}

function strangeQuestion(random: Random): Question {
  const isNoise = random.below(3) === 0
  const body = isNoise ? random.bytes(random.below(BODY_BYTES_MAX)) : new TextEncoder().encode(random.pick(BODIES))
  const method = random.pick(['GET', 'POST'] as const)
  const signature = Buffer.from(random.bytes(64)).toString('base64')
  const time = `2026${String(random.below(100_000_000)).padStart(8, '0')}00`
  const type = random.pick(['application/json', 'application/vnd.caresettle.batch', 'text/html'])
  return {
    method,
    path: random.pick(PATHS),
    headers: {
      authorization: `CareSettle terminal="H99999900001-0${random.below(9)}", time="${time}", signature="${signature}"`,
      ...(method === 'POST' ? { 'content-type': type } : {}),
      ...(method === 'POST' && random.below(4) === 0 ? { 'content-encoding': 'zstd' } : {})
    },
    body: method === 'POST' ? body : undefined
  }
}
