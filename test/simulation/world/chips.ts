/**
 * The cards and PSAMs of a world: the shipped chips, personalised anew with a number, a holder and a PIN of their own. They are
 * the world's and no host's: what they have written stays when a host dies. Their supply can be cut after any byte.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { invariant } from '../../../base/invariant.ts'
import { Chip } from '../../../card/chip/chip.ts'
import { MemoryMedium } from '../../../card/chip/memory-medium.ts'
import { JOURNAL, SYSTEM } from '../../../card/chip/image/layout.ts'
import { Nonvolatile } from '../../../card/chip/nonvolatile.ts'
import { parsePersonalisation } from '../../../card/chip/personalisation/parse.ts'
import { personalise } from '../../../card/chip/personalisation/personalise.ts'
import type { Personalisation } from '../../../card/chip/personalisation/schema.ts'
import type { IssuerKeys } from '../../../card/issuer/issuer-keys.ts'
import { PsamChip } from '../../../card/psam/chip/psam-chip.ts'
import { parsePsamDefinition, type PsamDefinition } from '../../../card/psam/chip/psam-definition.ts'
import { personalisePsam } from '../../../card/psam/chip/psam-image.ts'
import { PowerLost } from '../../../card/ports.ts'
import type { VirtualCard } from '../../../card/reader/virtual/virtual-card.ts'
import type { CardCondition } from './card-conditions.ts'
import type { Cipher, SimCard } from './faces.ts'
import type { Random } from './random.ts'

/** What a command did to a chip; `answer` undefined: its supply went meanwhile. */
export type ChipListener = (command: Uint8Array, answer: Uint8Array | undefined) => void

/** A chip as it lies in a reader. */
export interface ChipInHand extends VirtualCard {
  readonly name: string
  readonly medium: MemoryMedium
  /** Told of every command that reaches it. */
  heard: ChipListener | undefined
}

export const FIXTURES = 'fixtures'

const json = (path: string): object => JSON.parse(readFileSync(join(FIXTURES, path), 'utf8')) as object

function inHand(name: string, medium: MemoryMedium, chip: VirtualCard): ChipInHand {
  const hand: ChipInHand = {
    name,
    medium,
    heard: undefined,
    powerOn: () => chip.powerOn(),
    powerOff: () => chip.powerOff(),
    reset: () => chip.reset(),
    transmit: (command) => {
      try {
        const answer = chip.transmit(command)
        hand.heard?.(command.slice(), answer.slice())
        return answer
      } catch (cause) {
        if (cause instanceof PowerLost) hand.heard?.(command.slice(), undefined)
        throw cause
      }
    }
  }
  return hand
}

/** The people of the world: names that nobody has, numbers that no division gives. */
const NAMES = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'

/** Its personalisation, from which a centre learns whom it was given to. */
/** `expires`: the last day on which it is good, where that is another than its fixture's. */
export function cardFile(condition: CardCondition, number: number, random: Random, expires?: string): object {
  const fixture = json(`cards/${condition}.json`) as { kind: string; holder?: object; issue?: object; medical?: object; pin?: object; purse?: object }
  if (fixture.kind !== 'social-security') return fixture
  const digits = String(number).padStart(4, '0')
  // As long as PINs may be: one that is found in a log, or packed among the bytes of a signature, is then no accident.
  const pin = `${random.between(7, 9)}${Array.from({ length: random.between(9, 11) }, () => random.below(10)).join('')}`
  const { birthDate: birth = '1980-01-01' } = fixture.holder as { birthDate?: string }
  const { issueDate = '' } = fixture.issue as { issueDate?: string }
  // Some fixtures are issued later than some runs.
  const canEnd = expires !== undefined && expires > issueDate
  return {
    ...fixture,
    serial: `7700${digits}`,
    issue: { ...fixture.issue, cardNumber: `S770${digits}`, ...(canEnd ? { expiryDate: expires } : {}) },
    holder: {
      ...fixture.holder,
      name: `测试${NAMES[number % NAMES.length]}${NAMES[Math.floor(number / NAMES.length) % NAMES.length]}`,
      socialSecurityNumber: withCheckDigit(`000000${birth.replaceAll('-', '')}${String(700 + number).padStart(3, '0')}`)
    },
    // As long as the fixture's: the first generation has less room for it.
    medical: { ...fixture.medical, accountNumber: `99997700${digits}`.slice(-((fixture.medical as { accountNumber?: string }).accountNumber?.length ?? 12)) },
    pin: { ...fixture.pin, value: pin }
  }
}

/** GB 11643: what the 17 digits of a citizen number are followed by. */
function withCheckDigit(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return `${digits}${'10X98765432'[sum % 11]}`
}

export class WorldCard implements SimCard {
  readonly name: string
  readonly condition: CardCondition
  readonly hand: ChipInHand
  readonly personalisation: Personalisation
  /** As the ledger calls it: known when the centre has looked at it. */
  cardId = ''
  place: string | undefined
  readonly #medium: MemoryMedium

  constructor(name: string, made: { readonly condition: CardCondition; readonly file: object; readonly issuer: IssuerKeys; readonly random: Random }) {
    const { condition, file, issuer, random } = made
    const parsed = parsePersonalisation(file)
    invariant(parsed.ok, `the personalisation of ${name}: ${parsed.ok ? '' : JSON.stringify(parsed.error)}`)
    const image = personalise(parsed.value, issuer)
    invariant(image.ok, `${name} can be personalised`)
    this.name = name
    this.condition = condition
    this.personalisation = parsed.value
    this.#medium = new MemoryMedium(image.value)
    this.hand = inHand(name, this.#medium, new Chip(this.#medium, random))
  }

  get #social(): Extract<Personalisation, { kind: 'social-security' }> | undefined {
    return this.personalisation.kind === 'social-security' ? this.personalisation : undefined
  }

  get pin(): string {
    return this.#social?.pin?.value ?? '000000'
  }

  get holder(): SimCard['holder'] {
    const holder = this.#social?.holder
    return { name: holder?.name ?? '', certno: holder?.socialSecurityNumber ?? '', birth: holder?.birthDate ?? '', sex: holder?.sex ?? '' }
  }

  get insutype(): string {
    return this.#social?.medical?.insuranceType ?? ''
  }

  get psnType(): string {
    return this.#social?.medical?.personClass ?? ''
  }

  get expiresOn(): string | undefined {
    return this.#social?.issue.expiryDate
  }

  get cipher(): Cipher {
    return this.condition === 'v3-contactless' ? 'SM4' : 'DES'
  }

  get opening(): number {
    const [yuan = '0', places = ''] = (this.#social?.purse.balance ?? '0').split('.')
    return Number(yuan) * 100 + Number(places.padEnd(2, '0'))
  }

  get written(): number {
    return this.#medium.written
  }

  image(): Uint8Array {
    return this.#medium.snapshot()
  }

  /** What the issuer's window does, keys and all: told here in one unit of the chip's own memory. */
  unblock(): boolean {
    if (this.#social === undefined || this.place !== undefined) return false
    // Whatever a cut has left unfinished is finished first, as at any power-up.
    this.hand.powerOn()
    this.hand.powerOff()
    const memory = new Nonvolatile(this.#medium, JOURNAL)
    memory.unit(() => memory.write(SYSTEM.pinTriesLeft, Uint8Array.of(memory.byte(SYSTEM.pinTriesMax))))
    return true
  }
}

export type PsamCondition = 'sound' | 'locked' | 'nearly-exhausted'

/** Purchases that a PSAM of few serials has left. */
const LAST_SERIALS = 3
const SERIAL_MAX = 0xffff_ffff

interface MadePsam {
  readonly terminalNo: string
  readonly condition: PsamCondition
  readonly cipher: Cipher
  readonly issuer: IssuerKeys
  readonly random: Random
}

export class WorldPsam {
  readonly hand: ChipInHand
  readonly terminalNo: string

  constructor(name: string, made: MadePsam) {
    const { terminalNo, condition, cipher, issuer, random } = made
    this.terminalNo = terminalNo
    const medium = new MemoryMedium(personalisePsam({ ...psamFixture(cipher), terminalNumber: terminalNo, ...changesOf(condition) }, issuer))
    const chip = PsamChip.open({ medium, entropy: random })
    invariant(chip.ok, `${name} holds a PSAM`)
    this.hand = inHand(name, medium, chip.value)
  }
}

const PSAMS: Readonly<Record<Cipher, string>> = { DES: 'psam/terminal-v2.json', SM4: 'psam/terminal-v3-stand-in.json' }

function psamFixture(cipher: Cipher): PsamDefinition {
  const parsed = parsePsamDefinition(json(PSAMS[cipher]))
  invariant(parsed.ok, 'the PSAM of the fixtures is in order')
  return parsed.value
}

function changesOf(condition: PsamCondition): Partial<PsamDefinition> {
  if (condition === 'locked') return { state: 'application-locked' }
  return condition === 'nearly-exhausted' ? { nextTerminalSerial: SERIAL_MAX - LAST_SERIALS } : {}
}
