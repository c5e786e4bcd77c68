/** A card in a test: made from a personalisation and the test issuer's keys, spoken to in hexadecimal. */

import { invariant } from '../../base/invariant.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import { cardFactor } from '../../card/crypto/factors.ts'
import { DES_SUITE, type CipherSuite } from '../../card/crypto/cipher-suite.ts'
import { cardKey, parseIssuerKeys, type IssuerKeys } from '../../card/issuer/issuer-keys.ts'
import type { KeyName } from '../../card/identifier/key-reference.ts'
import type { Entropy } from '../../card/ports.ts'
import type { Key } from '../../card/secret/key.ts'
import { Chip } from '../../card/chip/chip.ts'
import { MemoryMedium } from '../../card/chip/memory-medium.ts'
import { parsePersonalisation } from '../../card/chip/personalisation/parse.ts'
import { personalise } from '../../card/chip/personalisation/personalise.ts'
import type { VirtualCard } from '../../card/reader/virtual/virtual-card.ts'
import testIssuer from '../../fixtures/keys/test-issuer.json' with { type: 'json' }

export function testIssuerKeys(): IssuerKeys {
  const parsed = parseIssuerKeys(testIssuer)
  invariant(parsed.ok, 'the test issuer\'s keys are in order')
  return parsed.value
}

/** Hands out the given bytes first, then a counting pattern. */
export class ScriptedEntropy implements Entropy {
  readonly #scripted: Uint8Array[]
  #next = 1

  constructor(...scripted: string[]) {
    this.#scripted = scripted.map(fromHex)
  }

  bytes(length: number): Uint8Array {
    const scripted = this.#scripted.shift()
    if (scripted !== undefined) {
      invariant(scripted.length === length, `${length} bytes asked, ${scripted.length} scripted`)
      return scripted
    }
    return Uint8Array.from({ length }, () => this.#next++ & 0xff)
  }

  script(...scripted: string[]): void {
    this.#scripted.push(...scripted.map(fromHex))
  }
}

export class CardUnderTest {
  readonly medium: MemoryMedium
  readonly entropy: ScriptedEntropy
  readonly chip: Chip
  atr: string
  readonly #issuer = testIssuerKeys()
  readonly #region: string
  readonly #suite: CipherSuite

  constructor(image: Uint8Array, { region = '999999', suite = DES_SUITE }: { region?: string; suite?: CipherSuite } = {}) {
    this.medium = new MemoryMedium(image)
    this.entropy = new ScriptedEntropy()
    this.chip = new Chip(this.medium, this.entropy)
    this.#region = region
    this.#suite = suite
    this.atr = toHex(this.chip.powerOn())
  }

  /** One command APDU, one response, both in hexadecimal. */
  send(command: string): string {
    return toHex(this.chip.transmit(fromHex(command)))
  }

  /** Follows 61xx. */
  sendAndFetch(command: string): string {
    const answer = this.send(command)
    return answer.startsWith('61') && answer.length === 4 ? this.send(`00C00000${answer.slice(2)}`) : answer
  }

  powerCycle(): void {
    this.chip.powerOff()
    this.atr = toHex(this.chip.powerOn())
  }

  /** The card's own key, as the issuer or a PSAM reaches it. */
  key(name: KeyName): Key {
    const factor = cardFactor(fromHex(this.atr))
    invariant(factor !== undefined, 'the card has a factor')
    return cardKey(this.#issuer, name, { region: this.#region, cardFactor: factor, suite: this.#suite })
  }

  get suite(): CipherSuite {
    return this.#suite
  }

  selectSsse(): string {
    return this.sendAndFetch('00A404000F7378312E73682EC9E7BBE1B1A3D5CF')
  }

  selectMedical(): string {
    return this.sendAndFetch('00A4040006D15600000503')
  }

  /** EXTERNAL AUTHENTICATE under a fresh challenge; `id` is the key's reference on the card. */
  authenticate(name: KeyName, id: string): string {
    const { blockLength, challengeLength } = this.suite
    const challenge = fromHex(this.send(`00840000${toHex(Uint8Array.of(challengeLength))}`).slice(0, 2 * challengeLength))
    const session = this.suite.sessionKey(this.key(name), challenge)
    const data = Uint8Array.from({ length: blockLength }, (_, index) => index + 1)
    const length = toHex(Uint8Array.of(2 * blockLength))
    return this.send(`008200${id}${length}${toHex(this.suite.encryptBlock(session, data))}${toHex(data)}`)
  }

  /** A class 84 command: header and data before the MAC, under the STK named. */
  sendAuthentic(header: string, body = '', stk: KeyName = 'STK'): string {
    const challenge = fromHex(this.send('0084000008').slice(0, 16))
    const session = this.suite.sessionKey(this.key(stk), challenge)
    const covered = `${header}${toHex(Uint8Array.of(body.length / 2 + 4))}${body}`
    return this.send(`${covered}${toHex(this.suite.mac(session, fromHex(covered)))}`)
  }
}

/** From any JSON that parses as a personalisation. */
export function cardUnderTest(json: object, suite?: CipherSuite): CardUnderTest {
  const parsed = parsePersonalisation(json)
  invariant(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.error.problems))
  const image = personalise(parsed.value, testIssuerKeys())
  invariant(image.ok, 'a parsed personalisation is carried out')
  const region = parsed.value.kind === 'social-security' ? parsed.value.region : '999999'
  return new CardUnderTest(image.value, suite === undefined ? { region } : { region, suite })
}

/** Does what it is told, and at the first command with this INS says something else of it, as over a bad contact. */
export function garbledAt(chip: VirtualCard, instruction: number, statusWord: string): VirtualCard {
  let isDone = false
  return {
    powerOn: () => chip.powerOn(),
    powerOff: () => chip.powerOff(),
    reset: () => chip.reset(),
    transmit: (command) => {
      const answer = chip.transmit(command)
      if (isDone || command[1] !== instruction) return answer
      isDone = true
      return fromHex(statusWord)
    }
  }
}
