/**
 * Target 15: the MAC of 32 bytes with a two-key triple-DES key, beside node-forge, and what a key schedule costs. Rounds of
 * both sides alternate, so that a slow moment of the machine strikes both; the median of each is compared.
 *
 * Ours keeps the schedule with the Key. node-forge stands twice: as it is commonly called, cipher objects made for each MAC
 * and with them the key schedules; and with its cipher objects kept, which is like for like and the harder peer.
 */

import forge from 'node-forge'
import { invariant } from '../../base/invariant.ts'
import { bytesEqual } from '../../card/bytes/bytes.ts'
import { scheduleDes } from '../../card/crypto/des.ts'
import { tripleDesMac } from '../../card/crypto/mac.ts'
import { padIso7816 } from '../../card/crypto/padding.ts'
import { Key } from '../../card/secret/key.ts'
import { median, type Benchmark, type Figure } from './figure.ts'

const ROUNDS = 15
const MACS_A_ROUND = 40_000
const SCHEDULES_A_ROUND = 100_000
const RATIO_MIN = 4
const SCHEDULE_US_MAX = 3

const KEY_BYTES = Uint8Array.from({ length: 16 }, (_, i) => 0x40 + i)
const MESSAGE = Uint8Array.from({ length: 32 }, (_, i) => i)

const { encode, decode } = forge.util.binary.raw
const LEFT = encode(KEY_BYTES.subarray(0, 8))
const LEFT_RIGHT_LEFT = encode(KEY_BYTES) + LEFT
const ZERO = '\0'.repeat(8)

type ForgeCipher = ReturnType<typeof forge.cipher.createCipher>

interface ForgeCiphers {
  readonly chain: ForgeCipher
  readonly last: ForgeCipher
}

const forgeCiphers = (): ForgeCiphers => ({
  chain: forge.cipher.createCipher('DES-CBC', LEFT),
  last: forge.cipher.createCipher('3DES-CBC', LEFT_RIGHT_LEFT)
})

/** The same work with node-forge's ciphers, bytes in and bytes out: single DES, and triple DES over the last block. */
function forgeMac({ chain, last }: ForgeCiphers, message: Uint8Array): Uint8Array {
  const padded = encode(padIso7816(message))
  const before = forgeRun(chain, padded.slice(0, -8), ZERO).slice(-8)
  return decode(forgeRun(last, padded.slice(-8), before).slice(0, 4))
}

function forgeRun(cipher: ForgeCipher, input: string, iv: string): string {
  cipher.start({ iv })
  cipher.update(forge.util.createBuffer(input))
  return cipher.output.bytes()
}

/** Nanoseconds a call. */
function timed(calls: number, work: () => void): number {
  const started = process.hrtime.bigint()
  for (let i = 0; i < calls; i++) work()
  return Number(process.hrtime.bigint() - started) / calls
}

const perSecond = (nanoseconds: number): string => `${Math.round(1e9 / nanoseconds).toLocaleString('en-US')}/s`

export const cryptoBenchmark: Benchmark = () => {
  const key = new Key('DPK', KEY_BYTES)
  const kept = forgeCiphers()
  const same = bytesEqual(forgeMac(kept, MESSAGE), tripleDesMac(key, MESSAGE))
  invariant(same, 'node-forge and we do not make the same MAC')

  const ours: number[] = []
  const theirs: number[] = []
  const theirsKept: number[] = []
  const schedules: number[] = []
  const changing = Uint8Array.from(KEY_BYTES.subarray(0, 8))
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(timed(MACS_A_ROUND, () => void tripleDesMac(key, MESSAGE)))
    theirs.push(timed(MACS_A_ROUND / 4, () => void forgeMac(forgeCiphers(), MESSAGE)))
    theirsKept.push(timed(MACS_A_ROUND / 4, () => void forgeMac(kept, MESSAGE)))
    changing[7] = round
    schedules.push(timed(SCHEDULES_A_ROUND, () => void scheduleDes(changing)))
  }
  return Promise.resolve([
    macFigure('15 3DES MAC 32 B', median(ours), 'node-forge, ciphers made for each MAC', median(theirs)),
    macFigure('15 3DES MAC 32 B', median(ours), 'node-forge, ciphers kept', median(theirsKept)),
    scheduleFigure(median(schedules) / 1000)
  ])
}

function macFigure(target: string, ours: number, peer: string, theirs: number): Figure {
  const ratio = theirs / ours
  return {
    target,
    ours: perSecond(ours),
    against: `${peer} ${perSecond(theirs)}`,
    ratio,
    bound: `at least ${RATIO_MIN}`,
    met: ratio >= RATIO_MIN
  }
}

const scheduleFigure = (us: number): Figure => ({
  target: '15 DES key schedule',
  ours: `${us.toFixed(2)} us`,
  against: `limit ${SCHEDULE_US_MAX} us`,
  ratio: us,
  bound: `below ${SCHEDULE_US_MAX}`,
  met: us < SCHEDULE_US_MAX
})
