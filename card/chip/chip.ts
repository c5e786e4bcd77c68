/**
 * The simulated social security card, as a reader meets it: supply on, supply off, reset, and bytes.
 *
 * Answers follow T=0 as a PC/SC reader shows it: a command with data never carries data back, it answers 61xx and the data
 * wait for GET RESPONSE; a command without data answers 6Cxx to a wrong Le. The chip draws randomness only from `entropy`,
 * keeps what must last only in `memory`, and knows no clock: time reaches it inside commands.
 */

import { invariant } from '../../base/invariant.ts'
import { parseCommandApdu, type CommandApdu } from '../apdu/command-apdu.ts'
import { SW, type StatusWord } from '../apdu/status-word.ts'
import { PowerLost, type Entropy, type NonvolatileMedium } from '../ports.ts'
import { readImage, type CardImage } from './image/image.ts'
import { JOURNAL, SYSTEM } from './image/layout.ts'
import type { Answer, Instruction } from './instruction.ts'
import { InstructionSet } from './instruction-set.ts'
import { Nonvolatile } from './nonvolatile.ts'
import { RunningCard } from './running-card.ts'
import { newVolatile } from './volatile.ts'

const GET_RESPONSE_CLA = 0x00
const GET_RESPONSE_INS = 0xc0
const LE_MAX = 256

export class Chip {
  readonly #memory: NonvolatileMedium
  readonly #entropy: Entropy
  readonly #image: CardImage
  #card: RunningCard | undefined
  #instructions: InstructionSet | undefined

  /** `memory` holds a card image: check with `readImage` first, anything else is a broken invariant. */
  constructor(memory: NonvolatileMedium, entropy: Entropy) {
    const image = readImage(memory)
    invariant(image.ok, `the memory holds no card: ${image.ok ? '' : image.error.kind}`)
    this.#memory = memory
    this.#entropy = entropy
    this.#image = image.value
  }

  /** Finishes or drops what the last loss of power left, and answers the whole ATR. May lose power itself. */
  powerOn(): Uint8Array {
    this.powerOff()
    const card = new RunningCard(this.#image, new Nonvolatile(this.#memory, JOURNAL), this.#entropy)
    this.#instructions = new InstructionSet(card.profile)
    this.#card = card
    return card.atr
  }

  powerOff(): void {
    this.#card = undefined
    this.#instructions = undefined
  }

  /** A warm reset: everything volatile goes, the supply stays. */
  reset(): Uint8Array {
    const card = this.#card
    if (card === undefined) throw new PowerLost('the chip has no supply')
    card.volatile = newVolatile(card.root)
    return card.atr
  }

  /** One whole command APDU to one whole response APDU. Throws PowerLost, and is off, when the supply goes. */
  transmit(command: Uint8Array): Uint8Array {
    const card = this.#card
    const instructions = this.#instructions
    if (card === undefined || instructions === undefined) throw new PowerLost('the chip has no supply')
    try {
      return respond(card, instructions, command)
    } catch (fault) {
      this.powerOff()
      throw fault
    }
  }
}

function respond(card: RunningCard, instructions: InstructionSet, bytes: Uint8Array): Uint8Array {
  if (card.memory.byte(SYSTEM.cardBlocked) !== 0) return status(SW.FUNCTION_UNSUPPORTED)
  const parsed = parseCommandApdu(bytes)
  // T=0 has no extended lengths: ISO 7816-3 would need ENVELOPE, which these cards do not have.
  if (!parsed.ok || parsed.value.extended) return refused(card, SW.WRONG_LENGTH)
  const command = parsed.value
  if (command.ins === GET_RESPONSE_INS && command.cla === GET_RESPONSE_CLA) return getResponse(card, command)
  const { volatile } = card
  volatile.pending = undefined
  volatile.challenge = volatile.nextChallenge
  volatile.nextChallenge = undefined
  const instruction = instructions.find(command.cla, command.ins)
  if (instruction === undefined) return refused(card, instructions.refusal(command.cla, command.ins))
  const refusal = refusalOf(card, instruction)
  if (refusal !== undefined) return refused(card, refusal)
  return encode(card, instruction, command, instruction.execute(card, command))
}

/** What a bank's card, a blocked and a locked application answer whatever the command's own table says. */
function refusalOf(card: RunningCard, instruction: Instruction): StatusWord | undefined {
  const isSelect = instruction.ins === 0xa4
  if (card.kind === 'bank') return isSelect ? undefined : SW.NO_CURRENT_FILE
  const state = card.stateOf(card.volatile.application)
  if (state === 'working' && card.stateOf(card.root) !== 'locked') return undefined
  if (isSelect) return undefined
  if (state === 'locked' || card.stateOf(card.root) === 'locked') return SW.APPLICATION_LOCKED
  return instruction.whenBlocked ? undefined : SW.CONDITIONS_NOT_SATISFIED
}

function encode(card: RunningCard, instruction: Instruction, command: CommandApdu, answer: Answer): Uint8Array {
  if (typeof answer === 'number') {
    return isFailure(answer) ? refused(card, answer) : status(answer)
  }
  if (!(answer instanceof Uint8Array)) return response(answer.data, answer.sw)
  if (command.data.length > 0) {
    card.volatile.pending = answer
    return status(0x6100 | (answer.length & 0xff))
  }
  const le = command.le ?? LE_MAX
  if (le === answer.length || (le === LE_MAX && instruction.leZeroTakesAll)) return response(answer, SW.OK)
  return status(0x6c00 | (answer.length & 0xff))
}

function getResponse({ volatile }: RunningCard, { p1, p2, data, le }: CommandApdu): Uint8Array {
  const { pending } = volatile
  if (p1 !== 0 || p2 !== 0) return status(SW.WRONG_P1_P2)
  if (data.length > 0) return status(SW.WRONG_LENGTH)
  if (pending === undefined) return status(SW.CONDITIONS_NOT_SATISFIED)
  if ((le ?? LE_MAX) !== pending.length) return status(0x6c00 | (pending.length & 0xff))
  volatile.pending = undefined
  return response(pending, SW.OK)
}

/** 62xx warns and 9000 is success; the rest are refusals. 61xx and 6Cxx never come from an instruction. */
const isFailure = (sw: StatusWord): boolean => sw !== SW.OK && sw >> 8 !== 0x62

/** A refused command ends an open purse transaction (P2 table 1). */
function refused(card: RunningCard, sw: StatusWord): Uint8Array {
  card.volatile.purse = { kind: 'idle' }
  return status(sw)
}

const status = (sw: StatusWord): Uint8Array => Uint8Array.of(sw >> 8, sw & 0xff)

function response(data: Uint8Array, sw: StatusWord): Uint8Array {
  const bytes = new Uint8Array(data.length + 2)
  bytes.set(data)
  bytes[data.length] = sw >> 8
  bytes[data.length + 1] = sw & 0xff
  return bytes
}
