/**
 * Faults on demand, so that a tester sees what a worn contact or a patient in a hurry does. Armed faults strike once, at
 * the n-th command from arming or at the n-th of one instruction, and say what becomes of it:
 *
 *              reaches the card   answer reaches the terminal   afterwards
 *   mute             no                    no                   card still there
 *   lose-answer      yes                   no                   card still there
 *   truncate         yes                   first byte only      card still there
 *   remove-before    no                    no                   card gone
 *   remove-after     yes                   no                   card gone
 *   reset-before     no                    no                   card there, reset by someone else
 */

import { invariant, never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { CardChannel, ChannelFailure } from './card-channel.ts'

export type FaultEffect = 'mute' | 'lose-answer' | 'truncate' | 'remove-before' | 'remove-after' | 'reset-before'

export interface Fault {
  readonly effect: FaultEffect
  /** Only commands with this INS, or one of these, count; undefined counts every command. */
  readonly instruction?: number | readonly number[]
  /** Strikes at the n-th that counts, from 1. */
  readonly occurrence: number
}

export class FaultSwitches {
  #armed: { readonly fault: Fault; seen: number }[] = []
  /** Read on every command: kept as a plain field for the hot path. */
  armed = false

  arm(fault: Fault): void {
    invariant(Number.isInteger(fault.occurrence) && fault.occurrence >= 1, `occurrence ${fault.occurrence} is not 1 or more`)
    this.#armed.push({ fault, seen: 0 })
    this.armed = true
  }

  clear(): void {
    this.#armed = []
    this.armed = false
  }

  /** Armed and not struck yet. */
  get waiting(): readonly Fault[] {
    return this.#armed.map(({ fault }) => fault)
  }

  /** Counts this command and gives the effect of the first fault whose turn it is; that fault is spent. */
  strike(command: Uint8Array): FaultEffect | undefined {
    let struck: FaultEffect | undefined
    this.#armed = this.#armed.filter((entry) => {
      const { instruction, occurrence, effect } = entry.fault
      if (!counts(instruction, command[1])) return true
      entry.seen += 1
      if (struck !== undefined || entry.seen < occurrence) return true
      struck = effect
      return false
    })
    this.armed = this.#armed.length > 0
    return struck
  }
}

function counts(instruction: Fault['instruction'], ins: number | undefined): boolean {
  if (instruction === undefined) return true
  return typeof instruction === 'number' ? ins === instruction : ins !== undefined && instruction.includes(ins)
}

/** Faults on any channel, a real reader's too: a card "removed" here stays removed for this channel. */
export function faultyChannel(channel: CardChannel, faults: FaultSwitches): CardChannel {
  let ended: ChannelFailure | undefined
  const end = (failure: ChannelFailure): Result<never, ChannelFailure> => {
    ended = failure
    return refuse(failure)
  }
  return {
    async transmit(command) {
      if (ended !== undefined) return refuse(ended)
      const effect = faults.armed ? faults.strike(command) : undefined
      switch (effect) {
        case undefined:
          return channel.transmit(command)
        case 'mute':
          return refuse({ kind: 'no-answer' })
        case 'remove-before':
          return end({ kind: 'card-removed' })
        case 'reset-before':
          return end({ kind: 'card-reset' })
        case 'lose-answer':
          await channel.transmit(command)
          return refuse({ kind: 'no-answer' })
        case 'remove-after':
          await channel.transmit(command)
          return end({ kind: 'card-removed' })
        case 'truncate': {
          const answer = await channel.transmit(command)
          return answer.ok ? ok(answer.value.subarray(0, 1)) : answer
        }
        default:
          return never(effect)
      }
    }
  }
}
