/** The keys of a world as bytes, for whoever looks for them where they must not be. */

import { createPrivateKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { invariant } from '../../../base/invariant.ts'
import { fromHex } from '../../../card/bytes/hex.ts'
import { centrePathsIn } from '../../../electron/host/sync/centre-files.ts'
import { FIXTURES } from './chips.ts'

export interface NamedKey {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a terminal has its PSAM encipher to show that it holds a key: public, and two of the test issuer's keys are bytes of it. */
const CHECK_DATA = '0102030405060708090A0B0C0D0E0F10'

/** Of which every card's and every PSAM's are made. */
export function issuerKeys(): NamedKey[] {
  const { keys } = JSON.parse(readFileSync(join(FIXTURES, 'keys', 'test-issuer.json'), 'utf8')) as { readonly keys: Readonly<Record<string, string>> }
  return Object.entries(keys)
    .filter(([, hex]) => !CHECK_DATA.includes(hex))
    .map(([name, hex]) => ({ name, bytes: fromHex(hex) }))
}

/** The private half of what a till signs with: one or none. */
export function terminalKeyIn(terminal: string, folder: string): NamedKey[] {
  const path = centrePathsIn(folder).key
  if (!existsSync(path)) return []
  const { d } = createPrivateKey(readFileSync(path)).export({ format: 'jwk' })
  invariant(d !== undefined, 'a private key has a private half')
  return [{ name: `key of ${terminal}`, bytes: new Uint8Array(Buffer.from(d, 'base64url')) }]
}
