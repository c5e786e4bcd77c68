/** The driver against a scripted service: what no simulated reader does, code by code. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../../base/invariant.ts'
import { cardReaderContract } from '../../../test/contract/card-reader.contract.ts'
import { ScriptedPcsc, type ScriptedCard } from '../../../test/support/scripted-pcsc.ts'
import { fromHex, toHex } from '../../bytes/hex.ts'
import type { CardConnection } from '../card-reader.ts'
import type { Delay } from './delay.ts'
import { BEGIN_MS_MAX, HOLD_MS_MAX } from './holding.ts'
import { PCSC } from './pcsc-codes.ts'
import type { PcscCard } from './pcsc-module.ts'
import { PcscReader } from './pcsc-reader.ts'
import { Holding } from './holding.ts'

const NAME = 'Scripted 00 00'
const SELECT = fromHex('00A4000002DF04')

/** Pauses pass at once, and time limits stand until a test moves them. */
const hasty: Delay = {
  after(ms, run) {
    if (ms >= BEGIN_MS_MAX) return () => {}
    const timeout = setTimeout(run, 0)
    return () => clearTimeout(timeout)
  }
}

const card = (atr: string, more: Partial<ScriptedCard> = {}): ScriptedCard => ({
  atr: fromHex(atr),
  protocol: 'T=0',
  transmit: (command) => fromHex(command[1] === 0xff ? '6D00' : '9000'),
  ...more
})

function bench(inserted = card('3B00')) {
  const service = new ScriptedPcsc()
  service.plug(NAME)
  service.insert(NAME, inserted)
  return { service, reader: new PcscReader({ module: service, name: NAME, delay: hasty, system: 'linux' }) }
}

async function connected(reader: PcscReader): Promise<CardConnection> {
  const connection = await reader.connect()
  invariant(connection.ok, 'the card answers')
  return connection.value
}

cardReaderContract('pcsc, over a scripted service', () => {
  const mine = card('3B6D00000081544C348660999900000001')
  const { service, reader } = bench(mine)
  return Promise.resolve({
    reader,
    atr: '3B6D00000081544C348660999900000001',
    command: SELECT,
    removeCard: () => Promise.resolve(service.remove(NAME)),
    insertCard: () => Promise.resolve(service.insert(NAME, mine)),
    insertOtherCard: () => Promise.resolve(service.insert(NAME, card('3B01FF'))),
    foreignReset: () => Promise.resolve(service.foreignReset(NAME))
  })
})

describe('a card that answers badly', () => {
  const MUTE = PCSC.UNRESPONSIVE_CARD

  it.each([
    ['the first attempt', 0, ['connect T=0 T=1'], 'T=0'],
    ['a warm reset', 1, ['connect T=0 T=1', 'warm T=0 T=1'], 'T=0'],
    ['a cold reset', 2, ['connect T=0 T=1', 'warm T=0 T=1', 'cold T=0 T=1'], 'T=0'],
    ['T=0 alone', 3, ['connect T=0 T=1', 'warm T=0 T=1', 'cold T=0 T=1', 'cold T=0'], 'T=0'],
    ['T=1 alone', 4, ['connect T=0 T=1', 'warm T=0 T=1', 'cold T=0 T=1', 'cold T=0', 'cold T=1'], 'T=0']
  ])('comes to talk by %s', async (_, failures, rungs, protocol) => {
    const climbed: string[] = []
    const { reader } = bench(
      card('3B00', {
        powerUp: (treatment, protocols) => {
          climbed.push([treatment, ...protocols].join(' '))
          return climbed.length <= failures ? MUTE : 0
        }
      })
    )
    expect((await connected(reader)).protocol).toBe(protocol)
    expect(climbed).toEqual(rungs)
  })

  it('is mute after the last rung, and nothing of it stays open', async () => {
    const { service, reader } = bench(card('3B00', { powerUp: () => MUTE }))
    expect(await reader.connect()).toEqual({ ok: false, error: { kind: 'mute-card' } })
    expect([service.contextsOpen, service.cardsOpen]).toEqual([0, 0])
  })

  it('is no card when it left meanwhile', async () => {
    const { service, reader } = bench(
      card('3B00', {
        powerUp: () => {
          service.remove(NAME)
          return MUTE
        }
      })
    )
    expect(await reader.connect()).toEqual({ ok: false, error: { kind: 'no-card' } })
  })

  it('with an answer to reset of one byte is not believed', async () => {
    const { reader } = bench(card('3B'))
    expect(await reader.connect()).toEqual({ ok: false, error: { kind: 'mute-card' } })
  })
})

describe('a connect that fails for another reason', () => {
  it.each([
    [PCSC.NO_SMARTCARD, { kind: 'no-card' }],
    [PCSC.REMOVED_CARD, { kind: 'no-card' }],
    [PCSC.SHARING_VIOLATION, { kind: 'reader-fault', detail: `held-by-other (${NAME})`, trouble: { kind: 'held-by-other', reader: NAME } }],
    [PCSC.UNKNOWN_READER, { kind: 'reader-fault', detail: `reader-gone (${NAME})`, trouble: { kind: 'reader-gone', reader: NAME } }],
    [PCSC.SERVICE_STOPPED, { kind: 'reader-fault', detail: 'service-stopped', trouble: { kind: 'service-stopped' } }],
    [PCSC.SECURITY_VIOLATION, { kind: 'reader-fault', detail: 'service-refuses', trouble: { kind: 'service-refuses' } }],
    [
      0x80100022,
      { kind: 'reader-fault', detail: 'unlisted (SCardConnect 80100022)', trouble: { kind: 'unlisted', call: 'SCardConnect', code: '80100022' } }
    ]
  ])('%s', async (code, error) => {
    const { service, reader } = bench()
    service.failing.set('SCardConnect', code)
    expect(await reader.connect()).toEqual({ ok: false, error })
    expect(service.contextsOpen).toBe(0)
  })
})

describe('what a failed command says', () => {
  it.each([
    [PCSC.REMOVED_CARD, 'card-removed', false],
    [PCSC.NO_SMARTCARD, 'card-removed', false],
    [PCSC.RESET_CARD, 'card-reset', false],
    [PCSC.UNPOWERED_CARD, 'card-reset', false],
    [PCSC.READER_UNAVAILABLE, 'no-answer', true],
    [PCSC.NOT_TRANSACTED, 'no-answer', true],
    [PCSC.COMM_ERROR, 'no-answer', true],
    [PCSC.TIMEOUT, 'no-answer', true],
    [PCSC.SHARING_VIOLATION, 'reader-fault', true],
    [PCSC.SERVICE_STOPPED, 'reader-fault', false],
    [PCSC.NO_SERVICE, 'reader-fault', false],
    [PCSC.INVALID_HANDLE, 'reader-fault', false]
  ])('%s is %s; the connection lives on: %s', async (code, kind, lives) => {
    const { service, reader } = bench()
    const connection = await connected(reader)
    service.failing.set('SCardTransmit', code)
    expect(await connection.transmit(SELECT)).toMatchObject({ ok: false, error: { kind } })
    service.failing.clear()
    expect((await connection.transmit(SELECT)).ok).toBe(lives)
  })

  it('an exchange that broke off because the card was pulled is card-removed', async () => {
    const { service, reader } = bench(card('3B00', { transmit: () => pulled() }))
    const pulled = (): number => {
      service.remove(NAME)
      return PCSC.NOT_TRANSACTED
    }
    expect(await (await connected(reader)).transmit(SELECT)).toEqual({ ok: false, error: { kind: 'card-removed' } })
  })

  it('an exchange that broke off because the reader was pulled names the reader', async () => {
    const { service, reader } = bench(card('3B00', { transmit: () => pulled() }))
    const pulled = (): number => {
      service.unplug(NAME)
      return PCSC.NOT_TRANSACTED
    }
    const connection = await connected(reader)
    const gone = { ok: false, error: { kind: 'reader-fault', detail: `the reader ${NAME} is gone` } }
    expect(await connection.transmit(SELECT)).toEqual(gone)
    expect(await connection.transmit(SELECT)).toEqual(gone)
  })

  it.each([
    ['', 'no-answer'],
    ['90', 'no-answer']
  ])('success with the bytes "%s" is %s', async (answer, kind) => {
    const { reader } = bench(card('3B00', { transmit: () => fromHex(answer) }))
    expect(await (await connected(reader)).transmit(SELECT)).toEqual({ ok: false, error: { kind } })
  })

  it('waits while another program has its burst, and then sends once', async () => {
    let sent = 0
    const { service, reader } = bench(card('3B00', { transmit: () => ((sent += 1), fromHex('9000')) }))
    const connection = await connected(reader)
    service.foreignHold(NAME, {})
    const answer = connection.transmit(SELECT)
    setTimeout(() => service.foreignHold(NAME, undefined), 20)
    expect((await answer).ok).toBe(true)
    expect(sent).toBe(1)
  })
})

describe('letting go', () => {
  it('leaves a card that was only read as it is', async () => {
    const { service, reader } = bench()
    const connection = await connected(reader)
    await connection.transmit(SELECT)
    await connection.disconnect()
    expect(service.calls.filter((call) => call.startsWith('SCardDisconnect'))).toEqual(['SCardDisconnect leave'])
    expect([service.contextsOpen, service.cardsOpen]).toEqual([0, 0])
  })

  it.each([
    ['VERIFY', '0020000003246810'],
    ['EXTERNAL AUTHENTICATE', '00820085100000000000000000'],
    ['CHANGE PIN', '805E010007246810FF135790'],
    ['PIN UNBLOCK', '842400000401020304']
  ])('resets a card that was sent %s', async (_, command) => {
    const { service, reader } = bench()
    const connection = await connected(reader)
    await connection.transmit(fromHex(command))
    await connection.disconnect()
    expect(service.calls).toContain('SCardDisconnect warm')
  })

  it('gives back the card of a connection that ended', async () => {
    const { service, reader } = bench()
    const connection = await connected(reader)
    service.remove(NAME)
    await connection.transmit(SELECT)
    await connection.disconnect()
    expect([service.contextsOpen, service.cardsOpen]).toEqual([0, 0])
  })

  it('does not reset the card that came after the one it had opened', async () => {
    const { service, reader } = bench()
    const connection = await connected(reader)
    await connection.transmit(fromHex('0020000003246810'))
    service.remove(NAME)
    service.insert(NAME, card('3B00'))
    await connection.disconnect()
    expect(service.calls.filter((call) => call.startsWith('SCardDisconnect'))).toEqual(['SCardDisconnect leave'])
  })
})

describe('a hold', () => {
  const holdOf = ({ hold }: CardConnection) => {
    invariant(hold !== undefined, 'a real card can be held')
    return hold
  }

  it('lets bursts lie inside one another: the outermost is the transaction', async () => {
    const { service, reader } = bench()
    const hold = holdOf(await connected(reader))
    for (const step of ['begin', 'begin', 'end'] as const) await hold[step]()
    expect(service.calls.filter((call) => call.endsWith('Transaction'))).toEqual(['SCardBeginTransaction'])
    await hold.end()
    expect(service.calls.filter((call) => call.endsWith('Transaction'))).toEqual(['SCardBeginTransaction', 'SCardEndTransaction'])
  })

  it('is where a reset by someone else is noticed, before anything is sent', async () => {
    let sent = 0
    const { service, reader } = bench(card('3B00', { transmit: () => ((sent += 1), fromHex('9000')) }))
    const connection = await connected(reader)
    service.foreignReset(NAME)
    expect(await holdOf(connection).begin()).toEqual({ ok: false, error: { kind: 'card-reset' } })
    expect(await connection.transmit(SELECT)).toEqual({ ok: false, error: { kind: 'card-reset' } })
    expect(sent).toBe(0)
  })

  it('is let go with the connection', async () => {
    const { service, reader } = bench()
    const connection = await connected(reader)
    await holdOf(connection).begin()
    await connection.disconnect()
    expect(service.calls.slice(-2)).toEqual(['SCardEndTransaction', 'SCardDisconnect leave'])
  })

  function held(begin: () => Promise<{ ok: true; value: null }>) {
    const due: (readonly [number, () => void])[] = []
    const ended: string[] = []
    const pcsc = { begin, end: () => (ended.push('end'), Promise.resolve({ ok: true, value: null })) } as unknown as PcscCard
    const delay: Delay = { after: (ms, run) => (due.push([ms, run]), () => {}) }
    return { holding: new Holding(pcsc, delay), ended, run: (ms: number) => due.filter(([at]) => at === ms).forEach(([, fire]) => fire()) }
  }
  const granted = { ok: true, value: null } as const

  it('that nobody ends ends by itself', async () => {
    const { holding, ended, run } = held(() => Promise.resolve(granted))
    await holding.begin()
    run(HOLD_MS_MAX)
    expect(ended).toEqual(['end'])
  })

  it('that another program does not grant is given up, and given back when it is granted too late', async () => {
    let grant = (): void => {}
    const { holding, ended, run } = held(() => new Promise((resolve) => (grant = () => resolve(granted))))
    const begun = holding.begin()
    run(BEGIN_MS_MAX)
    expect(await begun).toEqual({ ok: false, error: { kind: 'reader-fault', detail: 'another program holds the card' } })
    expect(ended).toEqual([])
    grant()
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(ended).toEqual(['end'])
  })
})

describe('a reset of its own', () => {
  it('goes cold where warm fails', async () => {
    const treatments: string[] = []
    const { reader } = bench(
      card('3B00', {
        powerUp: (treatment) => {
          treatments.push(treatment)
          return treatment === 'warm' ? PCSC.UNRESPONSIVE_CARD : 0
        }
      })
    )
    const connection = await connected(reader)
    const reset = await connection.reset()
    expect(reset.ok && toHex(reset.value)).toBe('3B00')
    expect(treatments).toEqual(['connect', 'warm', 'cold'])
  })
})
