/**
 * Looks for what must stand nowhere: PINs in digits or as a card is sent them, keys as bytes, in hex or in base64; and in logs the
 * whole number of a card. A PIN of six digits may be part of a longer number by chance: it is found where it stands alone.
 */

import type { NamedKey } from './view.ts'

export interface Secrets {
  /** Digits. */
  readonly pins: ReadonlySet<string>
  readonly keys: readonly NamedKey[]
  /** Whole, as they are printed and as item 01 has them. */
  readonly cardNumbers: ReadonlySet<string>
}

/** Shorter ones stand in every log by chance. */
const CARD_NUMBER_LENGTH_MIN = 9
const SIX_DIGITS = 6
/** VERIFY with its length; what follows is the PIN. */
const VERIFY = '00200000'
/** CHANGE PIN: the old one, FF, the new one. */
const CHANGE = '805e0100'

export class SecretSearch {
  readonly #keys: readonly { readonly name: string; readonly forms: readonly string[]; readonly bytes: Buffer }[]
  #pins: ReadonlySet<string> = new Set()
  #count = -1
  #sent = /(?!)/

  constructor(keys: readonly NamedKey[]) {
    this.#keys = keys.map(({ name, bytes }) => {
      const buffer = Buffer.from(bytes)
      const hex = buffer.toString('hex')
      return { name, bytes: buffer, forms: [hex, hex.toUpperCase(), buffer.toString('base64')] }
    })
  }

  /** What is there, in words without the secret; undefined: nothing. */
  inText(text: string, { pins, cardNumbers }: Pick<Secrets, 'pins' | 'cardNumbers'>): string | undefined {
    this.#know(pins)
    if (hasWord(text, pins) || (CARRIES_PIN.test(text) && this.#sent.test(text))) return 'a PIN'
    // Most of a text is words too short for a key, and there are many keys.
    const long = text.match(LONG)?.join(' ')
    if (long !== undefined) for (const { name, forms } of this.#keys) if (forms.some((form) => long.includes(form))) return `key ${name}`
    for (const number of cardNumbers) {
      if (number.length >= CARD_NUMBER_LENGTH_MIN && text.includes(number)) return `the whole number of card ..${number.slice(-4)}`
    }
    return undefined
  }

  /** Of a file or a body. */
  inBytes(bytes: Uint8Array, pins: ReadonlySet<string>): string | undefined {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const long = buffer.toString('latin1').match(LONG)?.join(' ') ?? ''
    for (const { name, bytes: key, forms } of this.#keys) {
      if (buffer.includes(key) || forms.some((form) => long.includes(form))) return `key ${name}`
    }
    for (const pin of pins) if (standsAlone(buffer, pin) || buffer.includes(sentForm(pin), 0, 'hex')) return 'a PIN'
    return undefined
  }

  #know(pins: ReadonlySet<string>): void {
    if (this.#pins === pins && this.#count === pins.size) return
    this.#pins = pins
    this.#count = pins.size
    const [verify, change] = [spacedOf(VERIFY), spacedOf(CHANGE)]
    const any = [...pins].map((pin) => spacedOf(packed(pin))).join('|') || '(?!)'
    // At the beginning of a command, and in its place within it: three bytes of a code are a PIN by chance.
    this.#sent = new RegExp(`(?<![0-9a-f])(?:${verify}\\s?0\\d\\s?|${change}\\s?0[0-9a-d]\\s?(?:[0-9a-f\\s]{4,18}ff\\s?)?)(?:${any})`, 'i')
  }
}

/** Either command as a trace may write it: only then is the slow search worth its time. */
const CARRIES_PIN = /00\s?20\s?00\s?00|80\s?5e\s?01\s?00/i
/** A key of 16 bytes is no shorter, in base64 or in hex. */
const LONG = /[0-9A-Za-z+/=]{22,}/g
const DIGITS = /\d{4,}/g

/** Whether one of the words stands there with nothing of a longer one beside it. */
function hasWord(text: string, words: ReadonlySet<string>): boolean {
  if (words.size === 0) return false
  for (const { 0: digits, index } of text.matchAll(DIGITS)) {
    if (words.has(digits) && !PART.test(text[index - 1] ?? '') && !PART.test(text[index + digits.length] ?? '')) return true
  }
  return false
}

const PART = /[0-9A-Za-z.]/

/** As a trace may write it, with or without spaces between bytes. */
const spacedOf = (hex: string): string => (hex.match(/../g) ?? [hex]).join('\\s?')

/** Hex: 00 20 00 00 n PIN, an odd last digit filled with F. */
function sentForm(pin: string): string {
  const digits = packed(pin)
  return `${VERIFY}${(digits.length / 2).toString(16).padStart(2, '0')}${digits}`
}

const packed = (pin: string): string => (pin.length % 2 === 0 ? pin : `${pin}f`)

function standsAlone(buffer: Buffer, pin: string): boolean {
  if (pin.length < SIX_DIGITS) return false
  for (let at = buffer.indexOf(pin, 0, 'latin1'); at !== -1; at = buffer.indexOf(pin, at + 1, 'latin1')) {
    if (!isPartOfWord(buffer[at - 1]) && !isPartOfWord(buffer[at + pin.length])) return true
  }
  return false
}

const isPartOfWord = (byte: number | undefined): boolean => byte !== undefined && PART.test(String.fromCharCode(byte))
