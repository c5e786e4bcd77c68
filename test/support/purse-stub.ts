/**
 * The least card that a debit and a load can be tried on, unlike the simulated chip on purpose: it keeps no rule, it answers what a
 * test sets. By instruction, so that a test names only what it is about.
 */

import { concat, writeUint } from '../../card/bytes/bytes.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import type { VirtualCard } from '../../card/reader/virtual/virtual-card.ts'

const OK = fromHex('9000')

export interface PurseStubState {
  identificationCode: string
  /** What INITIALIZE answers, or a status word. */
  serial: number | string
  /** The whole answer of the DEBIT. */
  debitAnswer: string
  /** By serial: MAC and TAC; missing answers 9406. A string answers every PROVE. */
  proofs: Readonly<Record<number, string>> | string
  /** Newest first, raw records. */
  log: readonly string[]
  /** Answer to VERIFY. */
  pinAnswer: string
  /** fen in the purse; undefined makes the card an online one. */
  balance: number | undefined
  /** What INITIALIZE FOR LOAD answers: the load serial, or the whole answer. */
  loadSerial: number | string
  /** The whole answer of the CREDIT. */
  creditAnswer: string
  /** As `proofs`, of loads. */
  loadProofs: Readonly<Record<number, string>> | string
  /** CLA of the purse commands that the card knows. */
  purseClass: number
}

export class PurseStub implements VirtualCard {
  readonly state: PurseStubState
  readonly sent: string[] = []

  constructor(state: Partial<PurseStubState> = {}) {
    this.state = {
      identificationCode: '510100D15600000500000001E3D8C079',
      serial: 5,
      debitAnswer: '5C338336AF80675D9000',
      proofs: {},
      log: [],
      pinAnswer: '9000',
      balance: undefined,
      loadSerial: 3,
      creditAnswer: '428C9B819000',
      loadProofs: {},
      purseClass: 0xb0,
      ...state
    }
  }

  powerOn(): Uint8Array {
    return fromHex('3B6D00000081544C348660510100000001')
  }

  powerOff(): void {
    // Keeps no volatile state.
  }

  reset(): Uint8Array {
    return this.powerOn()
  }

  count(instruction: string): number {
    return this.sent.filter((command) => command.slice(2, 4) === instruction).length
  }

  transmit(command: Uint8Array): Uint8Array {
    this.sent.push(toHex(command))
    const [cla = 0, ins = 0] = command
    switch (ins) {
      case 0xa4:
        return OK
      case 0xb2:
        return this.#read(command)
      case 0x84:
        return fromHex('D671B973D4033B019000')
      case 0x82:
        return OK
      case 0x88:
        return fromHex('CED1FDBE1126B3059000')
      case 0x20:
        return fromHex(this.state.pinAnswer)
      default:
        return cla === this.state.purseClass ? this.#purse(ins, command) : fromHex('6E00')
    }
  }

  #read([, , p1 = 0, p2]: Uint8Array): Uint8Array {
    if (p2 === 0x04) {
      const record = this.state.log[p1 - 1]
      return record === undefined ? fromHex('6A83') : concat(fromHex(record), OK)
    }
    const items: Readonly<Record<number, string>> = {
      0x01: this.state.identificationCode,
      0x03: '322E3030',
      0x8f: this.state.balance === undefined ? '31' : '32'
    }
    const value = items[p1]
    if (value === undefined) return fromHex('6A83')
    return concat(Uint8Array.of(p1, value.length / 2), fromHex(value), OK)
  }

  #purse(ins: number, command: Uint8Array): Uint8Array {
    const { serial, debitAnswer, proofs, balance, creditAnswer, loadProofs } = this.state
    switch (ins) {
      case 0x26:
        return concat(writeUint(balance ?? 0, 4), OK)
      case 0x28:
        if (command[2] === 0x00) return this.#initialiseLoad()
        return typeof serial === 'string' ? fromHex(serial) : concat(writeUint(serial, 2), fromHex('0100A1B2C3D49000'))
      case 0x2a:
        return fromHex(creditAnswer)
      case 0x2c:
        return fromHex(debitAnswer)
      case 0x2e:
        return prove(command[3] === 0x31 ? loadProofs : proofs, (command[5] ?? 0) * 256 + (command[6] ?? 0))
      default:
        return fromHex('6D00')
    }
  }

  /** Random and MAC1 of the worked load. */
  #initialiseLoad(): Uint8Array {
    const { loadSerial, balance } = this.state
    if (typeof loadSerial === 'string') return fromHex(loadSerial)
    return concat(writeUint(balance ?? 0, 4), writeUint(loadSerial, 2), fromHex('01000A0B0C0D89E37B8F9000'))
  }
}

function prove(proofs: PurseStubState['proofs'], serial: number): Uint8Array {
  if (typeof proofs === 'string') return fromHex(proofs)
  return fromHex(proofs[serial] === undefined ? '9406' : `${proofs[serial]}9000`)
}
