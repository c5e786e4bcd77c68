/** Puts a simulated card, or a PSAM, into the system's PC/SC until it is told to stop; hears orders on standard input meanwhile. */

import { never } from '../../../base/invariant.ts'
import { ok, type Result } from '../../../base/result.ts'
import { toHex } from '../../../card/bytes/hex.ts'
import { killAt } from '../../host/fault-point.ts'
import type { Command, CommandInput } from '../command.ts'
import { badInput, NOTHING_MORE, type Failure, type Outcome } from '../failure.ts'
import { slotAddress, type SlotAddress } from '../publish/address.ts'
import { parseOrder, type Order } from '../publish/orders.ts'
import { insertFailure } from '../publish/insert-failure.ts'
import { PublishedChip, type PublishEvents } from '../publish/published-chip.ts'
import { openTraceFile } from '../publish/trace-file.ts'
import type { Terminal } from '../terminal.ts'

const SYNOPSIS = 'FILE [--slot N] [--host H:PORT] [--timing instant|card] [--trace OUT.jsonl [--trace-holder]]'
const TIMINGS = ['instant', 'card'] as const

export const cardPublishCommand: Command = {
  name: 'card publish',
  synopsis: SYNOPSIS,
  summary:
    'a simulated card or PSAM for every PC/SC program, through the virtual reader driver, until Ctrl-C; orders on standard input: ' +
    'insert, remove, fault KIND, faults, clear, quit (供其他程序读的卡)',
  options: { slot: { type: 'string' }, host: { type: 'string' }, timing: { type: 'string' }, trace: { type: 'string' }, 'trace-holder': { type: 'boolean' } },
  positionals: ['FILE'],
  run: async (input, terminal) => {
    const request = readRequest(input)
    return request.ok ? await publish(request.value, terminal) : request
  }
}

interface PublishRequest {
  readonly path: string
  readonly address: SlotAddress
  readonly timing: (typeof TIMINGS)[number]
  readonly trace: string | undefined
  /** The holder stays in the trace. */
  readonly holder: boolean
}

function readRequest(input: CommandInput): Result<PublishRequest, Failure> {
  const address = slotAddress(input.text('host'), input.text('slot'))
  if (!address.ok) return address
  const timing = TIMINGS.find((each) => each === (input.text('timing') ?? 'instant'))
  if (timing === undefined) return badInput('bad-timing', `--timing: "${input.text('timing')}" must be one of ${TIMINGS.join(', ')}`)
  return ok({ path: input.positionals[0] ?? '', address: address.value, timing, trace: input.text('trace'), holder: input.flag('trace-holder') })
}

async function publish({ path, address, timing, trace: traceTo, holder }: PublishRequest, terminal: Terminal): Promise<Outcome> {
  const opened = traceTo === undefined ? ok(undefined) : openTraceFile(traceTo, { holder })
  if (!opened.ok) return opened
  const trace = opened.value
  const wire = trace?.recorder ?? terminal.wire
  const say = sayTo(terminal)
  const chip = new PublishedChip({
    path,
    address,
    timing,
    entropy: terminal.entropy,
    faultPoint: killAt(terminal.environment['CARESETTLE_KILL_AT']),
    recorded: (kind, reader) => wire?.reader(kind, reader) ?? reader,
    events: eventsOf(say, address)
  })
  try {
    const inserted = await chip.insert()
    if (!inserted.ok) return insertFailure(inserted.error)
    await untilQuit(terminal, (line) => hear(line, chip, say))
    return ok(NOTHING_MORE)
  } finally {
    chip.remove()
    trace?.close()
  }
}

/** One line for people, one object for scripts. */
type Say = (text: string, json: Readonly<Record<string, unknown>>) => void

const sayTo =
  (terminal: Terminal): Say =>
  (text, json) =>
    terminal.announce({ text, json, isLine: true })

const eventsOf = (say: Say, address: SlotAddress): PublishEvents => ({
  isIn: ({ kind, atr }) => {
    const { slot, host, port } = address
    say(`in 已插入: ${kind} in slot ${slot} (${host}:${port}), ATR ${toHex(atr)}`, { event: 'in', kind, slot, host, port, atr: toHex(atr) })
  },
  tornOut: () => say('torn out 已拔出: by a fault, or without supply; "insert" puts it in again', { event: 'torn-out' }),
  reset: () => say('reset 已复位: it leaves for a moment and comes back', { event: 'reset' }),
  driverGone: () => say('driver gone 读卡器服务已停止: the card comes back with it', { event: 'driver-gone' })
})

/** Orders are carried out one after the other, until one of them or a signal ends it. */
function untilQuit(terminal: Terminal, isLast: (line: string) => Promise<boolean>): Promise<void> {
  return new Promise((resolve) => {
    let work = Promise.resolve()
    const stopListening = terminal.onLine((line) => {
      work = work.then(async () => {
        if (await isLast(line)) end()
      })
    })
    const end = (): void => {
      stopListening()
      resolve()
    }
    void terminal.untilStopped().then(end)
  })
}

/** Whether it was the last order. */
async function hear(line: string, chip: PublishedChip, say: Say): Promise<boolean> {
  const order = parseOrder(line)
  if (!order.ok) say(`refused: ${order.error}`, { event: 'refused', message: order.error })
  else if (order.value !== undefined) await carryOut(order.value, chip, say)
  return order.ok && order.value?.order === 'quit'
}

async function carryOut(order: Order, chip: PublishedChip, say: Say): Promise<void> {
  switch (order.order) {
    case 'insert': {
      // That it is in, the driver says.
      const inserted = await chip.insert()
      if (inserted.ok) return
      const { message, kind } = insertFailure(inserted.error).error
      return say(`refused: ${message}`, { event: 'refused', kind, message })
    }
    case 'remove':
      chip.remove()
      return say('out 已取出', { event: 'out' })
    case 'fault':
      chip.faults.arm(order.fault)
      return sayFaults(chip, say)
    case 'clear':
      chip.faults.clear()
      return sayFaults(chip, say)
    case 'faults':
      return sayFaults(chip, say)
    case 'quit':
      return undefined
    default:
      return never(order)
  }
}

function sayFaults({ faults: { armed } }: PublishedChip, say: Say): void {
  say(`faults 故障: ${armed.length === 0 ? 'none' : armed.join(', ')}`, { event: 'faults', armed })
}
