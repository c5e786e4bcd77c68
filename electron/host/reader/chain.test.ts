import { describe, expect, it } from 'vitest'
import { READER_LINKS } from '../../contract/reader-view.ts'
import type { ReaderTrouble } from '../../../card/reader/pcsc/reader-trouble.ts'
import { fromHex } from '../../../card/bytes/hex.ts'
import { answerToResetView } from './answer-to-reset.ts'
import { chainOf, type ChainFacts } from './chain.ts'
import { psamTroubleView, troubleView } from './trouble-view.ts'

const WHOLE: ChainFacts = { isSimulated: false, isHeard: true, reader: 'Test Reader 00 00', card: 'in', isPsamInFile: false, psams: ['999999000001'], trouble: null, psamTrouble: null }

const states = (facts: Partial<ChainFacts>): string => chainOf({ ...WHOLE, ...facts }).map(({ link, state }) => `${link} ${state}`).join(', ')
const broken = (trouble: ReaderTrouble): string => states({ trouble: troubleView(trouble, 'linux'), reader: undefined, card: 'none', psams: [] })

describe('the chain from the host to the chips', () => {
  it('names every link, in the order in which they must work', () => {
    expect(chainOf(WHOLE).map(({ link }) => link)).toEqual([...READER_LINKS])
    expect(states({})).toBe('process good, module good, service good, reader good, card good, psam good')
    expect(chainOf({ ...WHOLE, isSimulated: true }).map(({ link }) => link)).toEqual(['reader', 'card', 'psam'])
  })

  it.each<[ReaderTrouble, string]>([
    [{ kind: 'process-gone', detail: 'SIGKILL' }, 'process broken, module unknown, service unknown, reader unknown, card unknown, psam unknown'],
    [{ kind: 'module-missing', detail: 'none' }, 'process good, module broken, service unknown, reader unknown, card unknown, psam unknown'],
    [{ kind: 'service-absent' }, 'process good, module good, service broken, reader unknown, card unknown, psam unknown'],
    [{ kind: 'no-reader' }, 'process good, module good, service good, reader broken, card unknown, psam waiting'],
    [{ kind: 'held-by-other', reader: 'R' }, 'process good, module good, service good, reader waiting, card broken, psam waiting']
  ])('%j: what is before it holds, what is behind it nobody knows', (trouble, expected) => {
    expect(broken(trouble)).toBe(expected)
  })

  it('a PSAM that is missing leaves the way to the card open', () => {
    const psamTrouble = psamTroubleView({ kind: 'psam-slot-empty', reader: 'SAM 00 00' }, 'linux')
    expect(states({ psamTrouble })).toBe('process good, module good, service good, reader good, card good, psam broken')
  })

  it('a PSAM in a file needs nothing of it', () => {
    const trouble = troubleView({ kind: 'service-stopped' }, 'linux')
    expect(states({ trouble, isPsamInFile: true }).split(', ').at(-1)).toBe('psam good')
  })

  it('waits for the first look of a process that was just started', () => {
    expect(states({ isHeard: false, reader: undefined, card: 'none', psams: [] })).toBe('process waiting, module waiting, service waiting, reader waiting, card waiting, psam waiting')
  })
})

describe('a trouble for the window', () => {
  it('with more than one reader and none chosen, says where to choose', () => {
    const view = troubleView({ kind: 'two-match', asked: '', matches: ['A', 'B'] }, 'win32')
    expect([view.link, view.what.zh, view.detail]).toEqual(['reader', '接了不止一台读卡器，还没有选定一台', '"": A, B'])
  })

  it('of the PSAM’s reader is the PSAM’s, of the service everybody’s', () => {
    expect(psamTroubleView({ kind: 'psam-reader', trouble: { kind: 'no-such-reader', asked: 'SAM', there: [] } }, 'linux')).toMatchObject({ link: 'psam', kind: 'no-such-reader' })
    expect(psamTroubleView({ kind: 'psam-reader', trouble: { kind: 'service-stopped' } }, 'linux').link).toBe('service')
  })
})

describe('an answer to reset in words', () => {
  it.each([
    ['3B6D000000815444865499999900000001', '正向约定，T=0，历史字节 00815444865499999900000001：像社会保障卡'],
    ['3F6500000102030405', '反向约定，T=0，历史字节 0102030405：不像社会保障卡'],
    ['3B8980018031C0520A1B2C3D4E00', '正向约定，T=0、T=1，历史字节 8031C0520A1B2C3D4E：可能是社会保障卡'],
    ['3B', '正向约定，T=0，无历史字节：字节不完整']
  ])('%s', (bytes, zh) => {
    expect(answerToResetView(fromHex(bytes))).toMatchObject({ bytes, words: { zh } })
  })
})
