/** Packs of the test publisher, and the readers that a terminal has for what is in them. */

import { readFileSync } from 'node:fs'
import { fixture } from './command-line.ts'
import { buildPack, type PackHead, type PackMember } from '../../settlement/pack/build-pack.ts'
import { parseSigningKey, parseTrustedKeys, type SigningKey, type TrustedKey } from '../../settlement/pack/publisher-key.ts'

function valueOf<Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

export const TEST_KEY_FILE = fixture('packs', 'test-publisher.fake-private-key.pem')
export const TEST_TRUST_FILE = fixture('packs', 'test-publisher.json')
export const testKey = (): SigningKey => valueOf(parseSigningKey(readFileSync(TEST_KEY_FILE, 'utf8')))
export const testTrust = (): readonly TrustedKey[] => valueOf(parseTrustedKeys(JSON.parse(readFileSync(TEST_TRUST_FILE, 'utf8'))))

export const jsonMember = (kind: PackMember['kind'], path: string, json: unknown): PackMember => ({
  kind,
  path,
  bytes: new TextEncoder().encode(JSON.stringify(json))
})

/** A policy of region 999999 with one band: of its ratio it is known which version is in use. */
export const plainPolicy = (ratio: string, change: object = {}): object => ({
  region: '999999',
  version: ratio,
  insutype: ['310', '390'],
  effective: { from: '2020-01-01', to: null },
  bands: [{ pays: 'hifp_pay', ratio: [{ ratio, source: 'test region', certainty: 'fictitious' }] }],
  ...change
})

export const plainRules = (change: object = {}): object => ({
  id: 'test-region',
  region: '999999',
  name: { zh: '测试区', en: 'Test region' },
  version: '1',
  effective: { from: '2020-01-01' },
  ...change
})

const HEAD: PackHead = { id: 'test-pack', version: '1', issued: '2026-01-01', effective: '2026-01-01', publisher: '测试发布者' }

export const testPack = (head: Partial<PackHead>, members: readonly PackMember[], key = testKey()): Uint8Array =>
  valueOf(buildPack({ ...HEAD, ...head }, members, key))
