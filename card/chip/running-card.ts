/** A card under power: what every instruction works on. */

import { invariant } from '../../base/invariant.ts'
import type { CipherSuite } from '../crypto/cipher-suite.ts'
import type { Entropy } from '../ports.ts'
import { Key } from '../secret/key.ts'
import type { ApplicationName, KeyPurpose } from './file-system/table.ts'
import type { Generation } from './file-system/generation.ts'
import type { CardImage, CardKind } from './image/image.ts'
import { KEY_SLOT_LENGTH, SYSTEM, type PlacedApplication, type PlacedKey } from './image/layout.ts'
import type { Nonvolatile } from './nonvolatile.ts'
import { PURSE_PROFILES, type PurseProfile } from './purse/purse-profile.ts'
import { newVolatile, type Volatile } from './volatile.ts'

/** `blocked` can be undone by APPLICATION UNBLOCK, `locked` never. */
export const APPLICATION_STATES = ['working', 'blocked', 'locked'] as const
export type ApplicationState = (typeof APPLICATION_STATES)[number]

export const KEY_VALUE_AT = 3
export const KEY_TRIES_MAX_AT = 0
export const KEY_TRIES_LEFT_AT = 1
export const KEY_LENGTH_AT = 2

export class RunningCard {
  readonly kind: CardKind
  readonly generation: Generation
  readonly suite: CipherSuite
  readonly applications: readonly PlacedApplication[]
  readonly root: PlacedApplication
  readonly profile: PurseProfile
  readonly memory: Nonvolatile
  readonly entropy: Entropy
  volatile: Volatile

  constructor(image: CardImage, memory: Nonvolatile, entropy: Entropy) {
    const root = image.layout.applications[0]
    const profile = PURSE_PROFILES[memory.byte(SYSTEM.purseProfile)]
    invariant(root !== undefined && profile !== undefined, 'a card has a root and a purse profile')
    this.kind = image.kind
    this.generation = image.generation
    this.suite = image.generation.suite
    this.applications = image.layout.applications
    this.root = root
    this.profile = profile
    this.memory = memory
    this.entropy = entropy
    this.volatile = newVolatile(root)
  }

  get atr(): Uint8Array {
    return this.memory.read(SYSTEM.atr, this.memory.byte(SYSTEM.atrLength))
  }

  application(name: ApplicationName): PlacedApplication {
    const found = this.applications.find((application) => application.name === name)
    invariant(found !== undefined, `no table describes ${name}`)
    return found
  }

  /** The card is lost for good with its last try at PIN UNBLOCK: the counter alone says so, no second write could be torn off. */
  stateOf(application: PlacedApplication): ApplicationState {
    if (application === this.root && this.memory.byte(SYSTEM.unblockTriesLeft) === 0) return 'locked'
    const state = APPLICATION_STATES[this.memory.byte(application.state)]
    invariant(state !== undefined, `${application.name} has an unknown state`)
    return state
  }

  /** Within a unit of work only. */
  writeState(application: PlacedApplication, state: ApplicationState): void {
    this.memory.write(application.state, Uint8Array.of(APPLICATION_STATES.indexOf(state)))
  }

  /** References below 80 mean a key of the SSSE, the others one of the current application; undefined when it has none. */
  findKey(id: number, purpose: KeyPurpose): PlacedKey | undefined {
    const owner = id < 0x80 ? this.root : this.volatile.application
    const found = owner.keys.find((key) => key.id === id && key.purpose === purpose)
    return found !== undefined && this.memory.byte(found.offset + KEY_LENGTH_AT) > 0 ? found : undefined
  }

  keyValue(placed: PlacedKey): Key {
    const length = this.memory.byte(placed.offset + KEY_LENGTH_AT)
    invariant(length <= KEY_SLOT_LENGTH - KEY_VALUE_AT, `${placed.name} has ${length} bytes`)
    return new Key(placed.name, this.memory.read(placed.offset + KEY_VALUE_AT, length))
  }
}
