/**
 * The proof of the last transaction, for GET TRANSACTION PROVE (P2 5.6: once the change succeeded, MAC and TAC must be
 * obtainable; the next credit or debit may throw them away).
 *
 *   state 1 | type 1 | serial before the transaction 2 | MAC 4 | TAC 4
 *
 * Which serial a terminal asks with is open (Q5): the one INIT answered, or that plus one. Both are served, the second only
 * until the next INIT. From then on "plus one" is also the serial of a newer transaction that may never have happened, and a
 * terminal that asks for that one must hear 9406 and not the proof of its predecessor.
 */

import { concat, readUint, writeUint } from '../../bytes/bytes.ts'
import { PROOF_LENGTH, PURSE } from '../image/layout.ts'
import type { Nonvolatile } from '../nonvolatile.ts'

export interface Proof {
  readonly type: number
  readonly serialBefore: number
  readonly mac: Uint8Array
  readonly tac: Uint8Array
}

const NONE = 0
const LATEST = 1
const OVERTAKEN = 2

export const encodeProof = ({ type, serialBefore, mac, tac }: Proof): Uint8Array =>
  concat(Uint8Array.of(LATEST, type), writeUint(serialBefore, 2), mac, tac)

/** What the card can have written: nothing yet, or one of the profile's transactions. */
export const isProofState = (state: number): boolean => state === NONE || state === LATEST || state === OVERTAKEN

/** An INIT that answers begins a newer transaction. Written at most once between two transactions. */
export function overtakeProof(memory: Nonvolatile, type: number): void {
  if (memory.byte(PURSE.proof) !== LATEST || memory.byte(PURSE.proof + 1) !== type) return
  memory.unit(() => memory.write(PURSE.proof, Uint8Array.of(OVERTAKEN)))
}

/** MAC | TAC, 8 bytes; undefined when the card has no proof for that transaction. */
export function proofOf(memory: Nonvolatile, type: number, serial: number): Uint8Array | undefined {
  const bytes = memory.read(PURSE.proof, PROOF_LENGTH)
  const state = bytes[0] ?? NONE
  if (state === NONE || bytes[1] !== type) return undefined
  const serialBefore = readUint(bytes, 2, 2)
  const named = serial === serialBefore || (state === LATEST && serial === serialBefore + 1)
  return named ? bytes.slice(4) : undefined
}
