/** Tells the page its nonce: what makes styles at run time finds it in the head. */

import { invariant } from '../../base/invariant.ts'

const PLACE = '__NONCE__'

export function withNonce(html: string, nonce: string): string {
  invariant(html.includes(PLACE), `the page has no place for its nonce, ${PLACE}`)
  return html.split(PLACE).join(nonce)
}
