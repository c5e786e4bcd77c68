/** The keys of one card: derived from the issuer's by region and serial, unless the personalisation names its own. */

import { fromHex } from '../../bytes/hex.ts'
import type { CipherSuite } from '../../crypto/cipher-suite.ts'
import { KEY_NAMES, type KeyName } from '../../identifier/key-reference.ts'
import { cardKey, type IssuerKeys } from '../../issuer/issuer-keys.ts'
import { Key } from '../../secret/key.ts'
import type { PlacedKey } from '../image/layout.ts'
import type { SocialSecurityCard } from './schema.ts'

export interface CardKeySource {
  readonly card: SocialSecurityCard
  readonly issuer: IssuerKeys
  readonly cardFactor: Uint8Array
  readonly suite: CipherSuite
}

/** undefined: the card has no such key. Versions 2 and 3 of the purse keys exist only where the card names them. */
export function cardKeyFor({ card, issuer, cardFactor, suite }: CardKeySource, placed: PlacedKey): Key | undefined {
  const own = Object.entries(card.keys).find(([name]) => name === overrideName(placed))?.[1]
  if (own !== undefined) return new Key(placed.name, fromHex(own))
  if (placed.version > 1 || !isKeyName(placed.name)) return undefined
  return cardKey(issuer, placed.name, { region: card.region, cardFactor, suite })
}

const overrideName = ({ name, version }: PlacedKey): string => (version === 1 ? name : `${name}${version}`)

const isKeyName = (name: string): name is KeyName => KEY_NAMES.some((known) => known === name)
