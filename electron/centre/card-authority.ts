/** The centre's port to the issuer's keys, answered by card/issuer: cards are text and fen here, keys stay there. */

import { toHex } from '../../card/bytes/hex.ts'
import { IssuerAuthority } from '../../card/issuer/authority.ts'
import type { IssuerKeys } from '../../card/issuer/issuer-keys.ts'
import type { CardAuthority } from '../../settlement/centre/ports.ts'

export function cardAuthority(issuer: IssuerKeys): CardAuthority {
  const authority = new IssuerAuthority(issuer)
  return {
    verifyDebit: (card, debit, tac) => authority.verifyPurchaseTac(card, debit, tac),
    verifyLoadRequest: (card, load) => authority.verifyLoadMac1(card, load, load.mac1),
    signLoad: (card, load, time) => toHex(authority.loadMac2(card, load, time)),
    verifyLoadTac: (card, load, time, tac) => authority.verifyLoadTac(card, load, time, tac)
  }
}
