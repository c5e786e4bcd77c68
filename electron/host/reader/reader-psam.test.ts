import { beforeEach, describe, expect, it } from 'vitest'
import { poweredPsam } from '../../../test/support/psam.ts'
import { ScriptedReaders } from '../../../test/support/scripted-readers.ts'
import { fixtureCard } from '../../../test/card/terminal.ts'
import { ReaderPsam } from './reader-psam.ts'

const SAM = 'Test SAM 00 00'

let readers: ScriptedReaders
let psam: ReaderPsam
let changes: number

beforeEach(() => {
  readers = new ScriptedReaders()
  changes = 0
  psam = new ReaderPsam({ readers, asked: 'sam', wrap: (reader) => reader, changed: () => (changes += 1) })
})

describe('a PSAM in a reader', () => {
  it('is opened when it comes, before any card', async () => {
    readers.plug(SAM)
    await expect.poll(() => psam.trouble?.kind).toBe('psam-slot-empty')
    readers.insert(SAM, poweredPsam('terminal-v2').chip)
    await expect.poll(() => psam.terminalNumbers).toHaveLength(1)
    expect(psam.trouble).toBeUndefined()
    expect((await psam.psamFor()).ok).toBe(true)
  })

  it.each([
    ['nobody plugged its reader in', () => readers.plug('Card 00 00'), { kind: 'psam-reader', trouble: { kind: 'no-such-reader', asked: 'sam', there: ['Card 00 00'] } }],
    ['the service is stopped', () => readers.breakWith({ kind: 'service-stopped' }), { kind: 'psam-reader', trouble: { kind: 'service-stopped' } }],
    [
      'a patient’s card lies in it',
      () => {
        readers.plug(SAM)
        readers.insert(SAM, fixtureCard('in-service-32k').chip)
      },
      { kind: 'psam-not-opened', reader: SAM, refusal: { kind: 'no-psam' } }
    ]
  ])('says so when %s, and refuses a card for that reason', async (_, happens, trouble) => {
    happens()
    await expect.poll(() => psam.trouble).toMatchObject(trouble)
    expect(await psam.psamFor()).toMatchObject({ ok: false, error: { kind: 'psam-not-ready', trouble } })
  })

  it('is opened anew after it was reset by somebody, or pulled and put back', async () => {
    readers.plug(SAM)
    readers.insert(SAM, poweredPsam('terminal-v2').chip)
    await expect.poll(() => psam.terminalNumbers).toHaveLength(1)
    const before = await psam.psamFor()
    readers.virtual(SAM).foreignReset()
    if (!before.ok) throw new Error(before.error.kind)
    expect((await before.value.verifyMac2(new Uint8Array(4))).ok).toBe(false)
    const after = await psam.psamFor()
    expect(after.ok && after.value !== before.value).toBe(true)
    readers.remove(SAM)
    await expect.poll(() => psam.trouble?.kind).toBe('psam-slot-empty')
    expect(psam.terminalNumbers).toEqual([])
    const told = changes
    readers.insert(SAM, poweredPsam('terminal-v2').chip)
    await expect.poll(() => psam.terminalNumbers).toHaveLength(1)
    expect(changes).toBeGreaterThan(told)
  })

  it('lets go of it when it is closed', async () => {
    readers.plug(SAM)
    readers.insert(SAM, poweredPsam('terminal-v2').chip)
    await expect.poll(() => psam.terminalNumbers).toHaveLength(1)
    psam.close()
    readers.remove(SAM)
    await expect.poll(() => psam.terminalNumbers).toEqual([])
  })
})
