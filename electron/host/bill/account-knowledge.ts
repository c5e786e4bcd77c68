/** What is known of the patient's account at this moment. The chip tells its balance only to whoever gave the PIN. */

import type { AccountView } from '../../contract/card-view.ts'
import { formatFen, type Fen } from '../../../settlement/money/fen.ts'

export type AccountKnowledge =
  | { readonly state: 'after-pin' }
  | { readonly state: 'on-card'; readonly balance: Fen }
  | { readonly state: 'at-centre' }

export const accountKnowledge = (balance: Fen | undefined): AccountKnowledge =>
  balance === undefined ? { state: 'at-centre' } : { state: 'on-card', balance }

export const accountView = (account: AccountKnowledge): AccountView =>
  account.state === 'on-card' ? { state: 'on-card', balance: formatFen(account.balance) } : account
