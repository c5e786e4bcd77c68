/**
 * A simulated PSAM, on the bytes a terminal meets: T=0, commands of the social security PSAM guide (PSG V1.0). Like the
 * simulated card it knows power, reset and APDUs and nothing of readers.
 */

import { invariant } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { parseCommandApdu, type CommandApdu } from '../../apdu/command-apdu.ts'
import { encodeResponseApdu } from '../../apdu/response-apdu.ts'
import { SW } from '../../apdu/status-word.ts'
import { PowerLost, type Entropy, type NonvolatileMedium } from '../../ports.ts'
import { CounterStore } from './psam-counters.ts'
import { readBinary, readRecord, select } from './psam-files.ts'
import { COUNTERS_OFFSET, readPsamImage, type PsamImage, type PsamImageInvalid } from './psam-image.ts'
import { answer, PsamState, refused, type Answer } from './psam-state.ts'
import { creditSamForPurchase, initSamForPurchase } from './purchase-commands.ts'
import { cipherData, deliverSessionKey } from './session-key-commands.ts'

type Instruction = (state: PsamState, command: CommandApdu) => Answer

/** By CLA INS. */
const INSTRUCTIONS: Readonly<Record<number, Instruction>> = {
  0x00a4: select,
  0x00b0: readBinary,
  0x00b2: readRecord,
  0x0084: getChallenge,
  0xbfde: deliverSessionKey,
  0x80fa: cipherData,
  0x8070: initSamForPurchase,
  0x8072: creditSamForPurchase
}
const GET_RESPONSE = 0x00c0
const CLASSES: readonly number[] = [0x00, 0x80, 0xbf]

export interface PsamParts {
  /** Holds an image of personalisePsam; the chip is its only writer. */
  readonly medium: NonvolatileMedium
  readonly entropy: Entropy
}

export class PsamChip {
  readonly #image: PsamImage
  readonly #store: CounterStore
  readonly #entropy: Entropy
  #state: PsamState | undefined

  private constructor(image: PsamImage, { medium, entropy }: PsamParts) {
    this.#image = image
    this.#store = new CounterStore(medium, COUNTERS_OFFSET)
    this.#entropy = entropy
  }

  /** Refused when the medium holds no whole PSAM image. */
  static open(parts: PsamParts): Result<PsamChip, PsamImageInvalid> {
    const image = readPsamImage(parts.medium)
    if (!image.ok) return image
    const chip = new PsamChip(image.value, parts)
    return chip.#store.load() === undefined ? refuse({ kind: 'psam-image-invalid', problem: 'the counters are damaged' }) : ok(chip)
  }

  /** The answer to reset, whole. */
  powerOn(): Uint8Array {
    const counters = this.#store.load()
    invariant(counters !== undefined, 'the PSAM counters were readable when it was opened')
    this.#state = new PsamState(this.#image, this.#entropy, this.#store, counters)
    return this.#image.atr.slice()
  }

  powerOff(): void {
    this.#state = undefined
  }

  reset(): Uint8Array {
    return this.powerOn()
  }

  /** A command APDU in, a response APDU out. Throws PowerLost when the medium loses its supply under the command. */
  transmit(command: Uint8Array): Uint8Array {
    const state = this.#state
    invariant(state !== undefined, 'the PSAM has no power')
    try {
      return encodeResponseApdu(execute(state, command))
    } catch (error) {
      if (error instanceof PowerLost) this.powerOff()
      throw error
    }
  }
}

function execute(state: PsamState, bytes: Uint8Array): Answer {
  const { pending } = state
  state.pending = undefined
  if (state.cardLocked()) return refused(SW.FUNCTION_UNSUPPORTED)
  const parsed = parseCommandApdu(bytes)
  if (!parsed.ok || parsed.value.extended) return refused(SW.WRONG_LENGTH)
  const command = parsed.value
  const code = (command.cla << 8) | command.ins
  if (code === GET_RESPONSE) return getResponse(state, command, pending)
  const instruction = INSTRUCTIONS[code]
  if (instruction === undefined) return refused(CLASSES.includes(command.cla) ? SW.INSTRUCTION_UNSUPPORTED : SW.CLASS_UNSUPPORTED)
  return overT0(state, command, instruction(state, command))
}

/** T=0 carries data one way only: the answer to a command with data waits for GET RESPONSE (ISO 7816-3 12.2.1). */
function overT0(state: PsamState, command: CommandApdu, given: Answer): Answer {
  if (command.data.length === 0 || given.data.length === 0) return given
  state.pending = given.data
  return refused(0x6100 | given.data.length)
}

/** 00 C0 00 00 Le: asked for more than waits, it says how much waits; asked for less, it keeps the rest. */
function getResponse(state: PsamState, { p1, p2, le }: CommandApdu, pending: Uint8Array | undefined): Answer {
  if (p1 !== 0x00 || p2 !== 0x00) return refused(SW.WRONG_P1_P2)
  if (pending === undefined) return refused(SW.NO_DIAGNOSIS)
  if (le === undefined) return refused(SW.WRONG_LENGTH)
  if (le !== 256 && le > pending.length) {
    state.pending = pending
    return refused(0x6c00 | pending.length)
  }
  if (le >= pending.length) return answer(pending)
  state.pending = pending.slice(le)
  return { data: pending.slice(0, le), sw: 0x6100 | state.pending.length }
}

/** 00 84 00 00 04 or 08. */
function getChallenge(state: PsamState, { p1, p2, data, le }: CommandApdu): Answer {
  if (p1 !== 0x00 || p2 !== 0x00) return refused(SW.WRONG_P1_P2)
  if (data.length > 0 || (le !== 4 && le !== 8)) return refused(SW.WRONG_LENGTH)
  return answer(state.entropy.bytes(le))
}
