/** What is broken, and what people are told of it. */

import { describe, expect, it } from 'vitest'
import { chooseReader } from './choose-reader.ts'
import { loadPcscModule } from './load-module.ts'
import { PCSC } from './pcsc-codes.ts'
import type { ReaderTrouble, TroubleSystem } from './reader-trouble.ts'
import { sayTrouble } from './say-trouble.ts'
import { isServiceTrouble, troubleLine, troubleOf } from './trouble-of.ts'

const SYSTEMS: readonly TroubleSystem[] = ['win32', 'darwin', 'linux']
const READER = 'ACS ACR39U 00 00'

const EVERY: readonly ReaderTrouble[] = [
  { kind: 'module-missing', detail: 'invalid ELF header' },
  { kind: 'service-absent' },
  { kind: 'service-stopped' },
  { kind: 'version-mismatch' },
  { kind: 'service-refuses' },
  { kind: 'no-reader' },
  { kind: 'no-such-reader', asked: 'acr', there: ['Alpha', 'Bravo'] },
  { kind: 'two-match', asked: 'a', matches: ['Alpha', 'Bravo'] },
  { kind: 'held-by-other', reader: READER },
  { kind: 'reader-gone', reader: READER },
  { kind: 'mute-card', reader: READER },
  { kind: 'protocol-fault', reader: READER, detail: 'protocol mismatch' },
  { kind: 'process-gone', detail: 'ended by SIGKILL' },
  { kind: 'unlisted', call: 'SCardConnect', code: '80100022' }
]

describe('a part of a reader’s name', () => {
  const THERE = ['Virtual PCD 00 00', 'Virtual PCD 00 01', 'SAM', 'SAM 2']

  it.each([
    ['00 01', { ok: true, value: 'Virtual PCD 00 01' }],
    ['  virtual pcd 00 00 ', { ok: true, value: 'Virtual PCD 00 00' }],
    ['sam', { ok: true, value: 'SAM' }],
    ['sam 2', { ok: true, value: 'SAM 2' }],
    ['virtual', { ok: false, error: { kind: 'two-match', asked: 'virtual', matches: ['Virtual PCD 00 00', 'Virtual PCD 00 01'] } }],
    ['acr39', { ok: false, error: { kind: 'no-such-reader', asked: 'acr39', there: THERE } }]
  ])('"%s"', (asked, chosen) => {
    expect(chooseReader(asked, THERE)).toEqual(chosen)
  })

  it('means nothing where there is no reader', () => {
    expect(chooseReader('sam', [])).toEqual({ ok: false, error: { kind: 'no-reader' } })
  })
})

describe('a code', () => {
  it.each([
    ['SCardEstablishContext', PCSC.NO_SERVICE, 'linux', 'service-stopped'],
    ['SCardEstablishContext', PCSC.SERVICE_STOPPED, 'linux', 'version-mismatch'],
    ['SCardEstablishContext', PCSC.SERVICE_STOPPED, 'win32', 'service-stopped'],
    ['SCardListReaders', PCSC.SERVICE_STOPPED, 'linux', 'service-stopped'],
    ['SCardConnect', PCSC.SHARING_VIOLATION, 'linux', 'held-by-other'],
    ['SCardConnect', PCSC.UNRESPONSIVE_CARD, 'linux', 'mute-card'],
    ['SCardConnect', PCSC.PROTO_MISMATCH, 'linux', 'protocol-fault'],
    ['SCardConnect', PCSC.UNKNOWN_READER, 'linux', 'reader-gone'],
    ['SCardConnect', PCSC.SECURITY_VIOLATION, 'linux', 'service-refuses'],
    ['SCardConnect', 0x80100022, 'linux', 'unlisted']
  ] as const)('of %s, %i on %s, is %s', (call, code, system, kind) => {
    expect(troubleOf({ call, code }, { reader: READER, system }).kind).toBe(kind)
  })

  it('of a service that is not installed says so', () => {
    const failure = { call: 'SCardEstablishContext', code: PCSC.NO_SERVICE }
    expect(troubleOf(failure, { reader: '', system: 'linux', serviceInstalled: false })).toEqual({ kind: 'service-absent' })
  })

  it('four troubles are the service’s, so no reader can be used', () => {
    expect(EVERY.filter(isServiceTrouble).map(({ kind }) => kind)).toEqual(['service-absent', 'service-stopped', 'version-mismatch', 'service-refuses'])
  })
})

describe('words', () => {
  it.each(EVERY)('of $kind are there in both languages for every system, without a hole', (trouble) => {
    for (const system of SYSTEMS) {
      const { what, cause, mend } = sayTrouble(trouble, system)
      for (const text of [what, mend]) {
        expect(text.zh).toMatch(/[一-鿿]/)
        expect(text.en).toMatch(/[a-z]{3}/)
      }
      expect(`${cause.zh}${cause.en}`).not.toMatch(/undefined|\[object/)
    }
    expect(troubleLine(trouble).startsWith(trouble.kind)).toBe(true)
  })

  it('say what to do on this system', () => {
    const mends = SYSTEMS.map((system) => sayTrouble({ kind: 'service-stopped' }, system).mend.en)
    expect(mends[0]).toContain('Services')
    expect(mends[2]).toContain('systemctl enable --now pcscd.socket')
    expect(new Set(mends).size).toBe(3)
  })

  it('name the readers that match', () => {
    expect(sayTrouble({ kind: 'two-match', asked: 'a', matches: ['Alpha', 'Bravo'] }, 'linux').cause).toEqual({
      zh: '都符合：“Alpha”、“Bravo”',
      en: 'These match: “Alpha”, “Bravo”'
    })
  })
})

describe('a binding that cannot be loaded', () => {
  it('is a trouble with the loader’s first line, not an exception', () => {
    const loaded = loadPcscModule({ system: 'linux', path: '/nowhere/pcsc.node' })
    expect(loaded).toMatchObject({ ok: false, error: { kind: 'module-missing' } })
    expect(!loaded.ok && loaded.error.kind === 'module-missing' && loaded.error.detail).toContain('/nowhere/pcsc.node')
  })

  it('a file that is no binding, too', () => {
    expect(loadPcscModule({ system: 'linux', path: `${import.meta.dirname}/binding/binding.gyp` })).toMatchObject({ ok: false, error: { kind: 'module-missing' } })
  })
})
