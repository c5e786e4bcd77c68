/** What cards of the test issuer would sign: their TAC over a debit, under keys derived as the issuer derives them. For tests and benches. */

import { readFileSync } from 'node:fs'
import { concat, writeUint } from '../../card/bytes/bytes.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import { packDecimal } from '../../card/bytes/packed-decimal.ts'
import { DES_SUITE } from '../../card/crypto/cipher-suite.ts'
import { purchaseTacMessage } from '../../card/crypto/purse-message.ts'
import { cityKey, parseIssuerKeys } from '../../card/issuer/issuer-keys.ts'
import type { Key } from '../../card/secret/key.ts'
import type { IssuedCard, SignedDebit } from '../../settlement/centre/ports.ts'

const issuer = parseIssuerKeys(JSON.parse(readFileSync(new URL('../../fixtures/keys/test-issuer.json', import.meta.url), 'utf8')))
if (!issuer.ok) throw new Error(issuer.error.problem)
const keys = issuer.value
const PURCHASE = 0x32
const known = new Map<string, Key>()

function tacKey({ region, cardFactor }: IssuedCard): Key {
  const found = known.get(`${region}${cardFactor}`)
  if (found !== undefined) return found
  const key = DES_SUITE.tacKey(DES_SUITE.diversify(cityKey(keys, 'DTK', { region, suite: DES_SUITE }), fromHex(cardFactor)))
  known.set(`${region}${cardFactor}`, key)
  return key
}

/** Of a DES card with the social security purse: 8 hex digits. */
export function debitTac(card: IssuedCard, { account, own, pooled, terminalNo, terminalSerial, time }: SignedDebit): string {
  const message = purchaseTacMessage({
    amounts: concat(writeUint(account, 4), writeUint(own, 4), writeUint(pooled, 4)),
    type: PURCHASE,
    terminal: packDecimal(terminalNo, 6),
    terminalSerial: writeUint(terminalSerial, 4),
    time: packDecimal(time, 7)
  })
  return toHex(DES_SUITE.mac(tacKey(card), message))
}
