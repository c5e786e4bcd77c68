/**
 * How long a real card would take, in ms, from what passes on the wire and how often the card writes into its memory.
 *
 *   T=0           CLA INS P1 P2 P3 ->   <- INS, when data move either way   data   <- SW1 SW2
 *   T=1           a block each way: 3 bytes before it, 1 after
 *   contactless   106 kbit/s, 9 bits a byte; 5 bytes around each block
 *
 * The clock is that of most readers, with which 372 cycles are 9600 baud. Computing is left out: on a card it hides behind the wire.
 */

import { never } from '../../base/invariant.ts'
import { CYCLES_PER_UNIT_DEFAULT, wireTerms, type WireTerms } from './wire-terms.ts'

export interface CardPace {
  /** ms that the answer to reset takes, with the PPS that follows it. */
  readonly resetMs: number
  exchangeMs(exchange: ExchangeSize): number
}

export interface ExchangeSize {
  /** Bytes, without Le of a case 4 command, as T=0 sends it. */
  readonly command: number
  /** Bytes, status word included. */
  readonly answer: number
  /** Into the lasting memory, from command to answer. */
  readonly writes: number
}

const CYCLES_PER_MS = 3571.2
/** A page of EEPROM: erased and written, the middle of what makers print (2 to 5). */
export const WRITE_MS = 3
const HEADER = 5
const STATUS = 2
const PPS_BYTES = 8
const T1_BLOCK = 4
const CONTACTLESS_BLOCK = 5
const CONTACTLESS_BYTE_MS = 9 / 106
/** Anticollision, selection and ATS, before there is an ATR. */
const CONTACTLESS_START_MS = 5

export function cardPace(atr: Uint8Array): CardPace {
  const terms = wireTerms(atr)
  const byteMs = byteTime(terms)
  return {
    resetMs: resetTime(atr.length, terms),
    exchangeMs: (exchange) => bytesOnWire(exchange, terms) * byteMs + exchange.writes * WRITE_MS
  }
}

const byteTime = ({ protocol, cyclesPerUnit, unitsPerByte }: WireTerms): number =>
  protocol === 'contactless' ? CONTACTLESS_BYTE_MS : (cyclesPerUnit * unitsPerByte) / CYCLES_PER_MS

function resetTime(bytes: number, { protocol, needsPps }: WireTerms): number {
  if (protocol === 'contactless') return CONTACTLESS_START_MS
  // At the default rate, whatever is agreed on afterwards.
  return ((bytes + (needsPps ? PPS_BYTES : 0)) * 12 * CYCLES_PER_UNIT_DEFAULT) / CYCLES_PER_MS
}

function bytesOnWire({ command, answer }: ExchangeSize, { protocol }: WireTerms): number {
  switch (protocol) {
    case 0: {
      const procedureByte = command > HEADER || answer > STATUS ? 1 : 0
      return Math.max(command, HEADER) + procedureByte + answer
    }
    case 1:
      return command + answer + 2 * T1_BLOCK
    case 'contactless':
      return command + answer + 2 * CONTACTLESS_BLOCK
    default:
      return never(protocol)
  }
}
