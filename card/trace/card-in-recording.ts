/** What a recording shows of the card in it: its answer to reset, every item and log line that was read, what its purse said. */

import { ok } from '../../base/result.ts'
import { bytesAvailable } from '../apdu/status-word.ts'
import { readUint } from '../bytes/bytes.ts'
import { fromHex, toHex } from '../bytes/hex.ts'
import { valueOf } from '../session/items.ts'
import { describeCommand, GET_RESPONSE, statusWordOf } from './describe-exchange.ts'
import { codeOf } from './described.ts'
import { placeAfter } from './place-after.ts'
import { AT_RESET, type CardPlace, type Place } from './place.ts'
import type { RecordedEvent, Recording } from './recording.ts'
import { recordRead } from './record-read.ts'
import { parseTraced, type TracedCommand } from './traced-command.ts'

export interface CardInRecording {
  /** Whole; the first one. */
  readonly atr: Uint8Array
  /** Values by file and tag: "SSSEEF06/09". What was read last counts. */
  readonly items: ReadonlyMap<string, Uint8Array>
  /** Lines of DF04 EF08 by their number, 1 the newest. */
  readonly log: ReadonlyMap<number, Uint8Array>
  /** fen; of a purse that was asked. */
  readonly balance: number | undefined
  /** fen, and the year that the card keeps them for. */
  readonly totals: { readonly own: number; readonly pooled: number; readonly year: number } | undefined
  /** Of the last INITIALIZE FOR PURCHASE. */
  readonly purchaseSerial: number | undefined
}

const READ_RECORD = 0x00b2
const GET_BALANCE = 0xb026
const INIT_PURCHASE = 0xb028
const PBOC_BALANCE = 0x805c

/** undefined: no card answered in it. */
export function cardInRecording({ events }: Recording): CardInRecording | undefined {
  const [items, log] = [new Map<string, Uint8Array>(), new Map<number, Uint8Array>()]
  let [atr, balance, purchaseSerial]: [Uint8Array | undefined, number | undefined, number | undefined] = [undefined, undefined, undefined]
  const totals = { own: 0, pooled: 0, year: 0 }
  let [place, waiting]: [Place, TracedCommand | undefined] = [AT_RESET.card, undefined]
  for (const event of events) {
    if (!('slot' in event) || event.slot !== 'card') continue
    if (event.event !== 'exchange') {
      if ('atr' in event) atr ??= fromHex(event.atr)
      ;[place, waiting] = [AT_RESET.card, undefined]
      continue
    }
    const command = parseTraced(event.command)
    if (command === undefined || event.answer === '') continue
    const asked: TracedCommand | undefined = codeOf(command) === GET_RESPONSE ? waiting : command
    const sw = statusWordOf(event.answer)
    const data = fromHex(event.answer).slice(0, -2)
    if (asked !== undefined && sw === 0x9000 && place.slot === 'card' && data.length > 0) {
      if (codeOf(asked) === READ_RECORD) readRecord(asked, place, data, items, log)
      if ((codeOf(asked) === GET_BALANCE && asked.p2 === 0x01) || codeOf(asked) === PBOC_BALANCE) balance = readUint(data, 0, 4)
      if (codeOf(asked) === GET_BALANCE && data.length >= 6) {
        totals[asked.p2 === 0x02 ? 'own' : 'pooled'] = readUint(data, 0, 4)
        totals.year = Number(toHex(data.subarray(4, 6)))
      }
      if (codeOf(asked) === INIT_PURCHASE && asked.p1 === 0x01) purchaseSerial = readUint(data, 0, 2)
    }
    waiting = sw !== undefined && bytesAvailable(sw) !== undefined ? asked : undefined
    place = afterExchange(place, event, command)
  }
  return atr === undefined ? undefined : { atr, items, log, balance, totals: Number.isInteger(totals.year) && totals.year > 0 ? totals : undefined, purchaseSerial }
}

const afterExchange = (place: Place, { command, answer }: Extract<RecordedEvent, { event: 'exchange' }>, parsed: TracedCommand): Place =>
  placeAfter(place, parsed, ok(fromHex(answer)), describeCommand(command, place))

function readRecord(asked: TracedCommand, place: CardPlace, data: Uint8Array, items: Map<string, Uint8Array>, log: Map<number, Uint8Array>): void {
  const { name, file, tag } = recordRead(asked, place, data)
  if (name === 'DF04EF08') {
    log.set(asked.p1, data)
    return
  }
  const item = file?.content.kind === 'items' ? file.content.items.get(tag) : undefined
  const value = item === undefined ? undefined : valueOf(item, data)
  if (value !== undefined) items.set(`${name}/${toHex(Uint8Array.of(tag))}`, value)
}
