/**
 * Programs that are not ours read our card: they send what our terminal sent to the same card in the virtual reader, and every
 * byte of every answer is the same.
 */

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import type { TraceEntry } from '../../card/channel/trace.ts'
import { fixtureCard, terminalWith } from '../card/terminal.ts'
import { startDaemon, type Daemon } from './support/daemon.ts'
import { describeWithDaemon, wantsTool } from './support/daemon-missing.ts'
import { publishedAt, type Published } from './support/published.ts'
import { FOREIGN_CLIENT, PYTHON, runTool } from './support/run-tool.ts'

const CARD = 'in-service-32k'
const ATR = '3B6D00000081544C348660999900000001'
const READER = 'Virtual PCD 00 00'
const GET_RESPONSE = '00C0'

interface Exchange {
  readonly command: string
  readonly answer: string
}

/** Who the card is, whose it is, what it holds of the medical insurance; what the PSAM proves in between depends on the challenge. */
async function readByOurTerminal(): Promise<Exchange[]> {
  const terminal = await terminalWith(fixtureCard(CARD))
  const session = await terminal.session()
  invariant((await session.readHolder()).ok && (await session.readMedical()).ok, 'the fixture card is readable')
  return terminal.trace.map(({ command, answer }: TraceEntry) => {
    invariant(typeof answer === 'string', 'the card answers')
    return { command, answer }
  })
}

/** As a program sends it whose library does T=0 for it: with Le where an answer is to be fetched, and without fetching it. */
function withoutSteps(exchanges: readonly Exchange[]): Exchange[] {
  return exchanges.flatMap(({ command, answer }, at) => {
    if (command.startsWith(GET_RESPONSE)) return []
    return answer.startsWith('61') ? [{ command: `${command}00`, answer: exchanges[at + 1]?.answer ?? '' }] : [{ command, answer }]
  })
}

/** "Received (SW1=0x90, SW2=0x00):" and rows of hex beside their characters, one answer for each command. */
const answersOf = (printed: string): string[] =>
  printed
    .split('Sending:')
    .slice(1)
    .map((part) => {
      const word = /SW1=0x(?<first>..), SW2=0x(?<second>..)/.exec(part)?.groups
      const rows = part.split('\n').filter((line) => /^[0-9A-F]{2} /.test(line))
      return `${rows.map(hexOfRow).join('')}${word?.['first']}${word?.['second']}`
    })

const HEX_COLUMNS = 48

/** "61 62 ab": a byte takes three columns, then one for its character; only rows of more than one are filled up. */
function hexOfRow(row: string): string {
  const bytes = row.length > HEX_COLUMNS ? row.length - HEX_COLUMNS : row.length / 4
  return row.slice(0, 3 * bytes).replaceAll(' ', '')
}

describeWithDaemon('our card read by programs that are not ours', () => {
  let daemon: Daemon
  let slot: Published
  let ours: Exchange[]

  beforeAll(async () => {
    ours = await readByOurTerminal()
    daemon = await startDaemon()
    slot = publishedAt(daemon.ports[0] ?? 0)
  })
  beforeEach(() => slot.insert(fixtureCard(CARD).chip))
  afterAll(async () => {
    slot.remove()
    await daemon.remove()
  })

  it('what our terminal reads holds what a card is known by: SSSE, EF05, EF06, with a proof of the PSAM', () => {
    const commands = ours.map(({ command }) => command)
    expect(commands).toContain('00A404000F7378312E73682EC9E7BBE1B1A3D5CF')
    expect(commands).toContain('00A4000002EF05')
    expect(commands).toContain('00A4000002EF06')
    expect(ours).toContainEqual({ command: '00B2050006', answer: '0504202406039000' })
    expect(ours).toContainEqual({ command: '00820084106228562F90EB6F690102030405060708', answer: '9000' })
    expect(ours).toHaveLength(39)
  })

  it('over another binding (pyscard): the same bytes', async (context) => {
    wantsTool(context, [PYTHON, '-c', 'import smartcard'], 'python3-pyscard')
    const stdin = `${ours.map(({ command }) => command).join('\n')}\n`
    const [atr, ...answers] = (await runTool(daemon, [PYTHON, FOREIGN_CLIENT, READER], { stdin })).trim().split('\n')
    expect(atr).toBe(ATR)
    expect(answers.map((answer, at) => ({ command: ours[at]?.command, answer }))).toEqual(ours)
  })

  it('in opensc-tool, which fetches answers by itself: the same bytes', async (context) => {
    wantsTool(context, ['opensc-tool', '--version'], 'opensc')
    const asked = withoutSteps(ours)
    const sends = asked.flatMap(({ command }) => ['--send-apdu', command])
    const printed = await runTool(daemon, ['opensc-tool', '--reader', '0', '--card-driver', 'default', ...sends])
    expect(answersOf(printed)).toEqual(asked.map(({ answer }) => answer))
    expect(asked).toHaveLength(33)
  })

  it('pcsc_scan sees it come, with its ATR', async (context) => {
    wantsTool(context, ['which', 'pcsc_scan'], 'pcsc-tools')
    const printed = await runTool(daemon, ['pcsc_scan', '-n', '-c'], { until: 'Reader 1:' })
    expect(printed).toContain(`Reader 0: ${READER}`)
    expect(printed).toContain('Card state: Card inserted')
    expect(printed).toContain('ATR: 3B 6D 00 00 00 81 54 4C 34 86 60 99 99 00 00 00 01')
  })
})
