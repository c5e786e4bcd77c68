/** Whole conversations on the simulated chip and PSAM, told in words: nothing in them may be unknown, and no PIN may show. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { redactCommand } from '../../card/channel/trace.ts'
import { openPsam, type PsamSession } from '../../card/psam/psam-session.ts'
import type { CardReader } from '../../card/reader/card-reader.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import { openCardSession } from '../../card/session/open-card-session.ts'
import { TraceNarrator, type NarratedExchange } from '../../card/trace/trace-narrator.ts'
import { countingEntropy, poweredPsam, type PsamFixture } from '../support/psam.ts'
import { fixtureCard, pin, TIME, TODAY } from './terminal.ts'

const PIN = '246810'
const WRONG_PIN = '975310'
const AMOUNTS = { account: 5000, own: 200, pooled: 10000 }

interface Line extends NarratedExchange {
  readonly command: string
}

function narrated(reader: CardReader, slot: 'card' | 'psam', lines: Line[]): CardReader {
  return {
    name: reader.name,
    async connect() {
      const connected = await reader.connect()
      if (!connected.ok) return connected
      const { value } = connected
      const narrator = new TraceNarrator(slot)
      return {
        ok: true,
        value: {
          atr: value.atr,
          reset: () => value.reset(),
          disconnect: () => value.disconnect(),
          transmit: async (bytes) => {
            const command = redactCommand(bytes)
            const answer = await value.transmit(bytes)
            lines.push({ command, ...narrator.describe(command, answer) })
            return answer
          }
        }
      }
    }
  }
}

async function psamIn(lines: Line[], fixture: PsamFixture): Promise<PsamSession> {
  const slot = new VirtualReader('psam')
  slot.insert(poweredPsam(fixture).chip)
  const connected = await narrated(slot, 'psam', lines).connect()
  invariant(connected.ok, 'the PSAM answers')
  const opened = await openPsam(connected.value)
  invariant(opened.ok, 'the PSAM opens')
  return opened.value
}

interface Told {
  readonly lines: Line[]
  readonly session: CardSession
}

async function terminal(card: string, fixture: PsamFixture = 'terminal-v2'): Promise<Told> {
  const lines: Line[] = []
  const psam = await psamIn(lines, fixture)
  const reader = new VirtualReader('counter')
  reader.insert(fixtureCard(card).chip)
  const session = await openCardSession({ reader: narrated(reader, 'card', lines), psam, entropy: countingEntropy(), today: TODAY })
  invariant(session.ok, `the card opens: ${JSON.stringify(session)}`)
  return { lines, session: session.value }
}

async function everything({ session }: Told, digits: string): Promise<void> {
  await session.readHolder()
  await session.readMedical()
  await session.pinTriesLeft()
  expect(await session.verifyPin(pin(WRONG_PIN))).toMatchObject({ ok: false })
  expect(await session.verifyPin(pin(digits))).toMatchObject({ ok: true })
  await session.readBalance()
  await session.readYearlyTotals()
  const intent = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
  invariant(intent.ok, `the debit is initialised: ${JSON.stringify(intent)}`)
  expect((await session.debit(intent.value)).kind).toBe('debited')
  expect((await session.resolveDebit(intent.value)).kind).toBe('debited')
  const offer = await session.initialiseLoad(700)
  invariant(offer.ok, `the load is initialised: ${JSON.stringify(offer)}`)
  const { cardId, loadSerial, balance, amount, terminalNo } = offer.value
  const unsigned = { cardId, serialBefore: loadSerial, balanceBefore: balance, amount, terminalNo, time: TIME, mac2: '00000000' }
  expect((await session.creditLoad(unsigned)).kind).toBe('not-loaded')
  expect((await session.resolveLoad(unsigned)).kind).toBe('not-loaded')
  await session.readTransactionLog()
  await session.readSpecialSettlements()
  await session.readOfflineCounters()
  await session.writeOfflineCounters({ count: 1 })
  await session.readPhoto()
  await session.changePin({ from: pin(digits), to: pin('864200') })
  await session.unblockPin()
  await session.reloadPin(pin('112233'))
}

describe('a whole visit in words', () => {
  it.each([
    ['in-service-32k', PIN, 'terminal-v2'],
    ['pboc-profile', PIN, 'terminal-v2'],
    ['in-service-16k', '1234', 'terminal-v2'],
    ['v3-contactless', PIN, 'terminal-v3-stand-in']
  ] as const)('%s: every line is known, and no PIN digit is in any', async (card, digits, fixture) => {
    const told = await terminal(card, fixture)
    await everything(told, digits)
    expect(told.lines.length).toBeGreaterThan(80)
    const unknown = told.lines.filter(({ words, meaning }) =>
      [words, meaning].some(({ zh, en }) => /unknown|no whole/.test(en) || /未列出|不完整/.test(zh) || /数据项[0-9A-F]{2}/.test(zh))
    )
    expect(unknown.map(({ command, words }) => `${command} ${words.en}`)).toEqual([])
    const text = JSON.stringify(told.lines)
    for (const secret of [digits.length === 4 ? `20000002${digits}` : digits, WRONG_PIN, '864200', '112233']) expect(text).not.toContain(secret)
  })

  it('reads like the visit it is', async () => {
    const { lines, session } = await terminal('in-service-32k')
    lines.length = 0
    await session.pinTriesLeft()
    await session.verifyPin(pin(PIN))
    await session.readBalance()
    expect(lines.map(({ words, meaning }) => `${words.zh} - ${meaning.zh}`)).toEqual([
      '选择应用：SSSE 社会保障系统环境 - 已执行，有25字节应答待取',
      '取应答（25字节）：选择应用：SSSE 社会保障系统环境 - 成功',
      '查询密码剩余次数 - 还可输入6次',
      '选择应用：SSSE 社会保障系统环境 - 已执行，有25字节应答待取',
      '取应答（25字节）：选择应用：SSSE 社会保障系统环境 - 成功',
      '验证密码 - 密码正确',
      '选择应用：DF04 社会保险应用2（医疗保险） - 已执行，有10字节应答待取',
      '取应答（10字节）：选择应用：DF04 社会保险应用2（医疗保险） - 成功',
      '选择文件：EF05 医疗保险基本信息 - 成功',
      '读：用卡方式（8F） - 成功',
      '选择应用：DF04 社会保险应用2（医疗保险） - 已执行，有10字节应答待取',
      '取应答（10字节）：选择应用：DF04 社会保险应用2（医疗保险） - 成功',
      '读账户余额 - 成功',
      '读账户余额 - 成功'
    ])
  })
})
