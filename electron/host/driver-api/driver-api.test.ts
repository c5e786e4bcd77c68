/** The reader functions on a simulated card and PSAM: the texts that callers take apart, and the codes that they know. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok, type Result } from '../../../base/result.ts'
import { SerialQueue } from '../../../card/channel/serial-queue.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import { openCardSession } from '../../../card/session/open-card-session.ts'
import { openPsam } from '../../../card/psam/psam-session.ts'
import { VirtualReader } from '../../../card/reader/virtual/virtual-reader.ts'
import type { Pin } from '../../../card/secret/pin.ts'
import { fixtureCard } from '../../../test/card/terminal.ts'
import { pinOf } from '../../../test/support/counter.ts'
import { manualTimer, type ManualTimer } from '../../../test/support/manual-timer.ts'
import { countingEntropy, poweredPsam } from '../../../test/support/psam.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import { noFault } from '../fault-point.ts'
import { DebitJournal } from './debit-journal.ts'
import { DriverApi, type CardsForCallers } from './driver-api.ts'
import type { FunctionName, FunctionParams, Returned } from './functions.ts'
import { PIN_TIMEOUT_MS, PinQuestion } from './pin-question.ts'
import { wordsOf } from './return-code.ts'

const CALLER = { id: 'c1', name: '测试HIS' }
const PIN = '246810'

let folder: string
let journal: DebitJournal
let timer: ManualTimer
let question: PinQuestion

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driver-'))
  journal = new DebitJournal(join(folder, 'driver.db'))
  timer = manualTimer()
  question = new PinQuestion((ms, work) => timer.after(ms, work), () => {})
})
afterEach(() => {
  journal.end()
  rmSync(folder, { recursive: true, force: true })
})

const got = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result.value
}

interface Counter {
  readonly api: DriverApi
  readonly reader: VirtualReader
  /** The card put in again, or another one: a new session. */
  open(): Promise<void>
  info(): string
}

async function counter(card: string, more: Partial<CardsForCallers> & { readonly inDoubt?: boolean } = {}): Promise<Counter> {
  const reader = new VirtualReader('counter')
  const { chip } = fixtureCard(card)
  reader.insert(chip)
  const slot = new VirtualReader('psam')
  slot.insert(poweredPsam('terminal-v2').chip)
  const psam = got(await openPsam(got(await slot.connect())))
  const queue = new SerialQueue()
  let session: CardSession | undefined
  const cards: CardsForCallers = {
    refusal: undefined,
    firstPin: false,
    hasPad: false,
    verifyPinOnPad: () => Promise.resolve(undefined),
    changePinOnPad: () => Promise.resolve(undefined),
    isFirstPin: (pin) => pin.equals(pinOf('123456')),
    lend: async (work) => got(await queue.run(async () => (session === undefined ? undefined : work(session, psam.terminalNumber)))),
    verifyPin: async (pin: Pin): Promise<Result<null, CounterRefusal> | undefined> => {
      const verified = await session?.verifyPin(pin)
      return verified === undefined || verified.ok ? ok(null) : { ok: false, error: { kind: 'pin', refusal: verified.error } }
    },
    ...more
  }
  const api = new DriverApi({ cards, question, journal, isInDoubt: () => more.inDoubt === true, faultPoint: noFault, now: () => '20260315093015' })
  const open = async (): Promise<void> => {
    if (!reader.occupied) reader.insert(chip)
    session = got(await openCardSession({ reader, psam, entropy: countingEntropy(), today: '2026-03-15' }))
  }
  await open()
  return { api, reader, open, info: () => `${session?.identity.identificationCode}|${session?.identity.cardNumber}|` }
}

const call = <Name extends FunctionName>({ api }: Counter, name: Name, params: FunctionParams<Name>, key = 'k1'): Promise<Returned> => api.call({ caller: CALLER, name, params, key })

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function verify(at: Counter, digits = PIN): Promise<Returned> {
  const asked = call(at, 'iVerifyPIN', { iType: 1 })
  await turn()
  question.answer(question.asked?.number ?? 0, { from: pinOf(digits), to: undefined })
  return asked
}

/** Lines of the card's log. */
const logged = async (at: Counter): Promise<number> => (await call(at, 'iReadDebitRecord', { iType: 1 })).pOutInfo.split('$').length - 1

const debit = (at: Counter, pPayInfo = '0|28.50|100.00|20260315093015|', key = 'k1'): Promise<Returned> => call(at, 'iDoDebit', { iType: 1, pCardInfo: at.info(), pPayInfo }, key)

describe('reading', () => {
  it('iReadCardBas: eleven fields, each ended by |', async () => {
    const at = await counter('in-service-32k')
    expect(await call(at, 'iReadCardBas', { iType: 3 })).toEqual({
      return: 0,
      pOutInfo: '999999|000000199001010018|A12345674|999999D15600000500000001074A7519|测试一|0081544C348660999900000001|2.00|20240603|20340603|999999000001||'
    })
  })

  it('iReadCard: the answer has the shape of the address, letter for letter', async () => {
    const at = await counter('in-service-32k')
    const read = async (pFileAddr: string, iAuthType = 2): Promise<string> =>
      (await call(at, 'iReadCard', { iType: 1, iAuthType, pCardInfo: at.info(), pFileAddr })).pOutInfo
    expect(await read('SSSEEF05|06|07|$SSSEEF06|08|09|0A|0D|$')).toBe('SSSEEF05|20340603|A12345674|$SSSEEF06|000000199001010018|测试一|1|19900101|$')
    expect(await read('3F00EF06|09|4E|$')).toBe('3F00EF06|测试一||$')
    expect(await read('DF04EF05|81|84|8F|$')).toBe('DF04EF05|31001000|999999|2|$')
  })

  it('a file that the PIN opens stays shut until the holder typed it: 6982', async () => {
    const at = await counter('in-service-32k')
    const read = (): Promise<Returned> => call(at, 'iReadCard', { iType: 1, iAuthType: 1, pCardInfo: at.info(), pFileAddr: 'DF04EF05|81|$' })
    expect(await read()).toEqual({ return: -27010, pOutInfo: '' })
    await verify(at)
    expect(await read()).toEqual({ return: 0, pOutInfo: 'DF04EF05|31001000|$' })
  })

  it("the address of the manual, with a record of the log, wants the PIN whatever iAuthType says", async () => {
    const at = await counter('in-service-32k')
    const read = async (iAuthType: number): Promise<number> =>
      (await call(at, 'iReadCard', { iType: 1, iAuthType, pCardInfo: at.info(), pFileAddr: 'SSSEEF05|06|07|$DF04EF08:01$SSSEEF08$' })).return
    expect([await read(1), await read(2)]).toEqual([-27010, -27010])
    expect(wordsOf(-27010).en).toContain('6982: security status not satisfied')
    await verify(at)
    expect([await read(1), await read(2)]).toEqual([0, 0])
  })

  it.each([
    ['SSSEEF05|07|', 'must be files, each ended by "$", such as SSSEEF05|07|$'],
    ['SSSEEF05|1F|$', 'SSSEEF05 has no item "1F"; it has 01 02 03 04 05 06 07'],
    ['DF09EF05|01|$', 'there is no file "DF09EF05" on a card of version 2.00'],
    ['DF04EF08$', 'DF04EF08 wants the number of a record, 01 the newest: DF04EF08:01$']
  ])('an address that is none is said part by part: %s', async (pFileAddr, problem) => {
    const at = await counter('in-service-32k')
    const answer = await call(at, 'iReadCard', { iType: 1, iAuthType: 2, pCardInfo: at.info(), pFileAddr })
    expect(answer.return).toBe(-14)
    expect(answer.problem).toContain(problem)
  })

  it('another card than the caller means is -22, and an identification code that is none -20', async () => {
    const at = await counter('in-service-32k')
    const read = (pCardInfo: string): Promise<Returned> => call(at, 'iReadCard', { iType: 1, iAuthType: 2, pCardInfo, pFileAddr: 'SSSEEF05|07|$' })
    expect(await read('999999D15600000500000002074A7519|A12345674|')).toEqual({
      return: -22, pOutInfo: '', problem: 'pCardInfo: the identification code is not that of the card in the reader; read it by iReadCardBas'
    })
    expect((await read('999999D156|A12345674|')).return).toBe(-20)
    expect((await read('A12345674')).return).toBe(-23)
  })

  it('without a card -2; a contactless one where a contact card lies -1', async () => {
    const none = await counter('in-service-32k', { lend: () => Promise.resolve(undefined) })
    expect((await call(none, 'iReadCardBas', { iType: 1 })).return).toBe(-2)
    expect((await call(await counter('in-service-32k'), 'iReadCardBas', { iType: 2 })).return).toBe(-1)
  })
})

describe('writing', () => {
  const write = (at: Counter, pFileAddr: string, pWriteData: string): Promise<Returned> => call(at, 'iWriteCard', { iType: 1, pCardInfo: at.info(), pFileAddr, pWriteData })

  it('items of several files, each with its own key, read back', async () => {
    const at = await counter('in-service-32k')
    expect(await write(at, 'DF04EF05|84|8A|$SSSEEF06|09|$', 'DF04EF05|999901|YL0001|$SSSEEF06|测试二|$')).toEqual({ return: 0, pOutInfo: 'DF04EF05|84|8A|$SSSEEF06|09|$' })
    const read = await call(at, 'iReadCard', { iType: 1, iAuthType: 2, pCardInfo: at.info(), pFileAddr: 'DF04EF05|84|8A|$SSSEEF06|09|$' })
    expect(read.pOutInfo).toBe('DF04EF05|999901|YL0001|$SSSEEF06|测试二|$')
  })

  it.each([
    ['SSSEEF06|0D|$', 'SSSEEF06|1990-01-01|$', 'item 0D must be 8 digits, or none'],
    ['SSSEEF06|0A|$', 'SSSEEF06|12|$', 'item 0A takes 2 bytes; at most 1'],
    ['SSSEEF06|0A|$', 'SSSEEF05|1|$', 'must be SSSEEF06 and 1 values'],
    ['DF04EF05|8C|$', 'DF04EF05|1|$', 'item 8C must be 2 digits, or none'],
    ['SSSEEF05|01|$', 'SSSEEF05|00|$', 'item 01 is written when a card is issued, and never again'],
    ['SSSEEF05|06|03|$', 'SSSEEF05|20360101|9.99|$', 'item 03 is written when a card is issued, and never again'],
    ['DF04EF08:01$', 'DF04EF08:01|1|$', 'DF04EF08 is not written by items']
  ])('a value that does not fit is refused before anything is written: %s <- %s', async (pFileAddr, pWriteData, problem) => {
    const at = await counter('in-service-32k')
    const answer = await write(at, pFileAddr, pWriteData)
    expect(answer.return).toBe(-23)
    expect(answer.problem).toContain(problem)
  })
})

describe('the PIN', () => {
  it('is typed by the holder: right, wrong with what is left, cancelled, too late', async () => {
    const at = await counter('in-service-32k')
    expect(await verify(at, '111111')).toEqual({ return: -51, pOutInfo: '', triesLeft: 5 })
    expect(await verify(at)).toEqual({ return: 0, pOutInfo: '' })
    const cancelled = call(at, 'iVerifyPIN', { iType: 1 })
    await turn()
    question.cancel(question.asked?.number ?? 0)
    expect((await cancelled).return).toBe(-31)
    const late = call(at, 'iVerifyPIN', { iType: 1 })
    await turn()
    timer.advance(PIN_TIMEOUT_MS)
    expect((await late).return).toBe(-32)
    expect(question.asked).toBeUndefined()
  })

  it.each([
    ['pad-cancelled', -31],
    ['pad-timeout', -32],
    ['pad-length', -33],
    ['pad-entries-differ', -34]
  ] as const)('typed at the keys of the reader, %s is %i, and the window is not asked', async (kind, code) => {
    const refused = (): ReturnType<CardsForCallers['verifyPinOnPad']> => Promise.resolve({ ok: false, error: { kind: 'pad', refusal: { kind } } })
    const at = await counter('in-service-32k', { hasPad: true, verifyPinOnPad: refused, changePinOnPad: refused })
    expect((await call(at, 'iVerifyPIN', { iType: 1 })).return).toBe(code)
    expect((await call(at, 'iChangePIN', { iType: 1 })).return).toBe(code)
    expect(question.asked).toBeUndefined()
  })

  it('is asked no more when the card left, the caller hung up or was taken away', async () => {
    const at = await counter('in-service-32k')
    const ask = async (end: () => void, gone?: AbortSignal): Promise<number> => {
      const asked = at.api.call({ caller: CALLER, name: 'iVerifyPIN', params: { iType: 1 }, key: undefined, ...(gone !== undefined && { gone }) })
      await turn()
      end()
      return (await asked).return
    }
    const hangUp = new AbortController()
    expect(await ask(() => question.cardLeft())).toBe(-2)
    expect(await ask(() => hangUp.abort(), hangUp.signal)).toBe(-31)
    expect(await ask(() => question.callerForgotten('c9') ?? question.callerForgotten('c1'))).toBe(-31)
    expect(question.asked).toBeUndefined()
    expect((await verify(at)).return).toBe(0)
  })

  it('of a second caller waits for the first, and is told so', async () => {
    const at = await counter('in-service-32k')
    const first = call(at, 'iVerifyPIN', { iType: 1 })
    await turn()
    expect(await call(at, 'iVerifyPIN', { iType: 1 })).toMatchObject({ return: -32, problem: 'the holder is being asked for a PIN by another program; ask again' })
    question.cancel(question.asked?.number ?? 0)
    expect((await first).return).toBe(-31)
  })

  it('is not changed to the one that cards are issued with', async () => {
    const at = await counter('in-service-32k')
    const change = async (to: string): Promise<Returned> => {
      const asked = call(at, 'iChangePIN', { iType: 1 })
      await turn()
      question.answer(question.asked?.number ?? 0, { from: pinOf(PIN), to: pinOf(to) })
      return asked
    }
    expect((await change('123456')).return).toBe(-36)
    expect((await change('975310')).return).toBe(0)
    expect((await verify(at)).return).toBe(-51)
    expect((await verify(at, '975310')).return).toBe(0)
  })

  it('locked is freed, and a new one loaded', async () => {
    const at = await counter('in-service-32k')
    const free = (): Promise<Returned> => call(at, 'iUnblockPIN', { iType: 1, pCardInfo: at.info() })
    expect((await free()).return).toBe(-27013)
    for (let tries = 0; tries < 6; tries += 1) await verify(at, '111111')
    expect((await verify(at)).return).toBe(-52)
    expect((await free()).return).toBe(0)
    expect((await verify(at)).return).toBe(0)
    const reload = call(at, 'iReloadPIN', { iType: 1, pCardInfo: at.info() })
    await turn()
    question.answer(question.asked?.number ?? 0, { from: undefined, to: pinOf('864201') })
    expect((await reload).return).toBe(0)
    expect((await verify(at, '864201')).return).toBe(0)
  })
})

describe('iDoDebit', () => {
  it('signs what the bill says, and the log shows it', async () => {
    const at = await counter('in-service-32k')
    await verify(at)
    const done = await debit(at)
    expect(done.return).toBe(0)
    expect(done.pOutInfo).toMatch(/^999999000001\|20260315093015\|0\.00\|28\.50\|100\.00\|\d+\|\d+\|[\dA-F]{8}\|$/)
    const log = await call(at, 'iReadDebitRecord', { iType: 1 })
    expect(log.pOutInfo.split('$')[0]).toMatch(/^\d+\|2\|999999000001\|20260315093015\|0\.00\|28\.50\|100\.00\|$/)
  })

  it('is signed once a key, however often it is asked', async () => {
    const at = await counter('in-service-32k')
    await verify(at)
    const before = await logged(at)
    const [first, second] = await Promise.all([debit(at), debit(at)])
    expect(second).toEqual(first)
    expect(await debit(at)).toEqual(first)
    expect(await logged(at)).toBe(before + 1)
    expect((await debit(at, '0|1.00|1.00|20260315093015|')).return).toBe(-23)
    expect((await debit(at, undefined, 'k2')).pOutInfo).not.toBe(first.pOutInfo)
  })

  it.each(['lose-answer', 'remove-after', 'remove-before'] as const)('%s in the debit: the same key, asked again, tells what became of it', async (effect) => {
    const at = await counter('in-service-32k')
    await verify(at)
    const before = await logged(at)
    at.reader.faults.arm({ effect, instruction: [0x2c], occurrence: 1 })
    expect((await debit(at)).return).toBe(-4)
    expect(journal.find({ caller: '测试HIS', key: 'k1' })?.state).toBe('open')
    await at.open()
    await verify(at)
    const again = await debit(at)
    expect(again.return).toBe(0)
    expect(again.pOutInfo).toMatch(/\|100\.00\|\d+\|\d+\|[\dA-F]{8}\|$/)
    expect(await logged(at)).toBe(before + 1)
  })

  it('refusals of the card change nothing, and the key may be tried again', async () => {
    const at = await counter('in-service-32k')
    expect((await debit(at)).return).toBe(-27010)
    await verify(at)
    expect((await debit(at, '9999999.00|0|0|20260315093015|')).return).toBe(-37889)
    expect((await debit(at)).return).toBe(0)
  })

  it('is not signed with a PIN that was typed for another caller', async () => {
    const at = await counter('in-service-32k')
    await verify(at)
    const other = { id: 'c2', name: '测试药房' }
    const params = { iType: 1, pCardInfo: at.info(), pPayInfo: '28.50|100.00|20260315093015|' }
    expect((await at.api.call({ caller: other, name: 'iDoDebit', params, key: 'k9' })).return).toBe(-27010)
    expect((await debit(at)).return).toBe(0)
  })

  it('of a caller that was paired anew under its name is the one that its key stands for', async () => {
    const at = await counter('in-service-32k')
    await verify(at)
    const first = await debit(at)
    const again = { caller: { id: 'c7', name: CALLER.name }, name: 'iDoDebit', params: { iType: 1, pCardInfo: at.info(), pPayInfo: '0|28.50|100.00|20260315093015|' }, key: 'k1' } as const
    expect(await at.api.call(again)).toEqual(first)
  })

  it('waits while the till itself is in doubt about this card', async () => {
    const at = await counter('in-service-32k', { inDoubt: true })
    await verify(at)
    expect((await debit(at)).return).toBe(-37894)
  })

  it('is not signed with the first PIN', async () => {
    const at = await counter('in-service-32k', { firstPin: true })
    expect((await debit(at)).return).toBe(-35)
  })

  it.each([
    ['28.50|100.00|2026031509|', 'must be a time that there is, 14 digits YYYYMMDDhhmmss'],
    ['28.505|100.00|20260315093015|', 'must be an amount in yuan'],
    ['-1|100.00|20260315093015|', 'must be an amount in yuan'],
    ['20260315093015|', 'must be own|pooled|YYYYMMDDhhmmss|'],
    ['28.50|100.00|20260230120000|', 'must be a time that there is'],
    ['28.50|100.00|20261301000000|', 'must be a time that there is'],
    ['28.50|100.00|19700101000000|', 'must be a time that there is']
  ])('pay information that is none is refused: %s', async (pPayInfo, problem) => {
    const answer = await debit(await counter('in-service-32k'), pPayInfo)
    expect(answer.return).toBe(-23)
    expect(answer.problem).toContain(problem)
  })
})
