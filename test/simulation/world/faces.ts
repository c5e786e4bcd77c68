/** What people, auditor and runs see of the world. Who makes these stands in the file of the same noun. */

import type { TerminalEvent } from '../../../electron/contract/events.ts'
import type { Params, RequestName } from '../../../electron/contract/requests.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { Answer } from '../../../electron/contract/terminal.ts'
import type { Result } from '../../../base/result.ts'
import type { CardCondition } from './card-conditions.ts'
import type { Coverage } from './coverage.ts'
import type { EventLog } from './event-log.ts'
import type { Observer, Struck } from './observation.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import type { WorldOptions } from './swarm.ts'

export interface World {
  readonly seed: number
  readonly options: WorldOptions
  readonly scheduler: Scheduler
  /** Fork it by a name of your own; never draw from it. */
  readonly random: Random
  readonly log: EventLog
  readonly coverage: Coverage
  readonly faults: Faults
  readonly terminals: readonly SimTerminal[]
  readonly cards: readonly SimCard[]
  readonly centre: SimCentre
  readonly office: BackOffice
  /** YYYY-MM-DD and 14 digits, in China, of the world's clock: a till's may be another. */
  readonly today: string
  readonly time: string
  /** What must be found nowhere: the issuer's keys, the tills' own. Grows with whoever is enrolled. */
  readonly keys: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** Mornings on which a till was started. */
  readonly terminalDays: number
  observe(observer: Observer): void
  /** Called when a day has ended. */
  atMidnight(listener: () => void): void
  /** Virtual time goes on so long. */
  run(ms: number): Promise<void>
  /** Lets go of everything; folders are removed. */
  close(): void
}

export interface Faults {
  /** Nothing strikes from now on, what is broken is mended: for a quiet period. */
  off(): void
  readonly struck: readonly Struck[]
}

export interface Hands {
  /** What lies in the reader now. */
  readonly card: SimCard | undefined
  /** A card that lies there already is taken out first. False: the card is in another reader. */
  insert(card: SimCard): boolean
  /** The card that was there. */
  remove(): SimCard | undefined
}

/** Of the keys of a PSAM, and of the cards that it can be used with. */
export type Cipher = 'DES' | 'SM4'

export interface SimTerminal {
  /** "hospital-1" */
  readonly name: string
  readonly kind: 'hospital' | 'pharmacy'
  /** fixmedins_code. */
  readonly institution: string
  /** 12 digits, of its PSAM. */
  readonly terminalNo: string
  readonly cipher: Cipher
  readonly alive: boolean
  /** Of the host that runs, or ran last: ledger.db and so on. Changes when a host was killed. */
  readonly folder: string
  /** Grows whenever a database in its folder, or the folder, has become another: the same number, the same rows. */
  readonly writes: number
  /** Never rejects, always settles in virtual time: an answer, or 'host-died' when there is no host or it dies meanwhile. */
  ask<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Answer<Name> | 'host-died'>
  /** Anything at all, checked as the host's process checks it. */
  askRaw(name: string, params: unknown): Promise<Result<unknown, RefusalView> | 'host-died'>
  /** Also of the hosts to come. */
  listen(listener: (event: TerminalEvent) => void): () => void
  readonly hands: Hands
  /** In the morning; done when it answers, or has refused to start. A killed host is started again by the world itself, until `stop`. */
  start(): Promise<void>
  /** At closing: orderly. */
  stop(): Promise<void>
  /** As the task manager does. The world starts it again. */
  kill(): void
  /** Support closes it and has its ledger fetch from the centre what it has lost: "restored", "nothing", or why not. Then it is started. */
  fetchLost(): Promise<string>
}

export interface SimCard {
  /** "card-3" */
  readonly name: string
  readonly condition: CardCondition
  /** 32 hex digits: what a ledger calls it. */
  readonly cardId: string
  /** 10 to 12 digits, another for each card: too many to be met by accident. */
  readonly pin: string
  readonly holder: { readonly name: string; readonly certno: string; readonly birth: string; readonly sex: string }
  readonly insutype: string
  readonly psnType: string
  readonly cipher: Cipher
  /** YYYY-MM-DD: the last day on which it is good. */
  readonly expiresOn: string | undefined
  /** fen, when the world began. */
  readonly opening: number
  /** Name of the terminal in which it lies. */
  readonly place: string | undefined
  /** The whole EEPROM as it is, a copy. */
  image(): Uint8Array
  /** Bytes that were written since the world began: the same number, the same image. */
  readonly written: number
}

export interface SimCentre {
  readonly alive: boolean
  /** Of its SQLite file; changes when it was killed or restored. */
  readonly file: string
  /** Grows whenever its database has become another: the same number, the same rows. */
  readonly writes: number
  start(): Promise<void>
  stop(): Promise<void>
  kill(): void
  /** Keeps a copy to restore from. */
  backUp(): void
  /** As it was at the last `backUp`. Without one, nothing happens. */
  restore(): Promise<void>
}

/** What is done at the centre and at the issuer's window, without any till. False or undefined while the centre is down. */
export interface BackOffice {
  reportLost(card: SimCard, lost?: 'temporary' | 'formal'): Promise<boolean>
  found(card: SimCard): Promise<boolean>
  /** Puts it into use. */
  activate(card: SimCard): Promise<boolean>
  register(card: SimCard, as: Registered): Promise<boolean>
  /** Puts the counter of wrong PINs back to its limit, as the issuer's window does with the card in its hand. */
  unblockPin(card: SimCard): boolean
  /** Money that waits for a load. Its id. */
  credit(card: SimCard, fen: number, reason: string): Promise<string | undefined>
  enrolmentCode(institution: string): Promise<string | undefined>
  /** A new version of the test region's rules, from that day on. */
  publishPolicies(change: PolicyChange): Promise<boolean>
}

/**
 * How the centre's register has a card's holder: as it should, not under his number, insured no more from that day on, or from that day
 * on without the pool, everywhere or at pharmacies.
 */
export type Registered = 'right' | 'unknown' | 'suspended' | 'without-pool' | 'without-pool-at-pharmacies'

export interface PolicyChange {
  /** YYYY-MM-DD: the first day of the new version. */
  readonly from: string
  /** fen by which every deductible is another from then on. */
  readonly deductibleBy: number
}
