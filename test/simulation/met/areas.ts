/** What a run may meet, area by area; and of what no run of this world meets, why. Names are those under which it is counted. */

import { CARD_CONDITIONS } from '../world/card-conditions.ts'
import { FAULT_KINDS } from '../world/swarm.ts'
import { RULE_NAMES } from '../auditor/failure.ts'
import * as refusals from './refusals.ts'
import * as states from './states.ts'

export interface Area {
  readonly title: string
  /** In front of every name: "refusal:". */
  readonly prefix: string
  readonly names: readonly string[]
}

const area = (title: string, prefix: string, names: Readonly<Record<string, true>> | readonly string[]): Area => ({
  title,
  prefix,
  names: Array.isArray(names) ? names : Object.keys(names)
})

export const AREAS: readonly Area[] = [
  area('faults', 'fault:', FAULT_KINDS),
  area('rules of the auditor that looked at something', 'rule:', RULE_NAMES),
  area('conditions of cards', 'card:', CARD_CONDITIONS),
  area('states of the card panel', 'state:panel-', states.PANEL),
  area('states of an account', 'state:account-', states.ACCOUNT),
  area('warnings of a card', 'state:warning-', states.WARNING),
  area('holds and loads in doubt, and what became of them', 'state:doubt-', states.DOUBT),
  area('ledgers that have lost facts', 'state:ledger-', states.OLDER_LEDGER),
  area('batches that are under way', 'state:batches-', states.UPLOADS),
  area('what the centre knows of a hold', 'state:held-serial-', states.HELD_SERIAL),
  area('patients of whom the centre has told', 'state:told-', states.TOLD),
  area('states of a settlement', 'state:settlement-', states.SETTLEMENT),
  area('states of a confirmation', 'state:confirmation-', states.CONFIRMATION),
  area('states of the link', 'state:link-', states.LINK),
  area('states of a parked entry', 'state:parked-', states.PARKED),
  area('states of a day', 'state:close-', states.CLOSE),
  area('items of a close', 'state:close-item-', states.CLOSE_ITEM),
  area('ends of a host', 'state:host-', states.HOST_END),
  area('ends of the centre', 'state:centre-', states.CENTRE_END),
  area('refusals of the counter', 'refusal:', refusals.COUNTER),
  area('refusals while money moves', 'refusal:', refusals.SETTLING),
  area('refusals of the desk', 'refusal:', refusals.DESK),
  area('refusals of a sale', 'refusal:', refusals.SALE),
  area('refusals of a return', 'refusal:', refusals.RETURN),
  area('refusals of a refund', 'refusal:', refusals.REFUND),
  area('refusals of a load', 'refusal:', refusals.LOAD),
  area('reasons against an item', 'refusal:', refusals.ELIGIBILITY),
  area('refusals of the link', 'refusal:', { ...refusals.SYNC, ...refusals.LINK }),
  area('refusals of a close', 'refusal:', refusals.CLOSE),
  area('refusals of the ledger', 'refusal:', refusals.LEDGER),
  area('troubles of a reader', 'refusal:', refusals.READER),
  area('verdicts of the centre', 'verdict:', states.VERDICT),
  area('reasons of the centre not to book', 'verdict:', refusals.VERDICTS),
  area('refusals of the centre: batches', 'centre-refusal:', refusals.BATCHES_AT_CENTRE),
  area('refusals of the centre: loads', 'centre-refusal:', refusals.LOADS_AT_CENTRE),
  area('refusals of the centre: enrolling', 'centre-refusal:', refusals.ENROLLING)
]

/** What a window calls otherwise than the union does. */
export const TOLD_AS: Readonly<Record<string, readonly string[]>> = {
  'refusal:hindered': ['refusal:close-hindered', 'refusal:nothing-to-close'],
  'refusal:day-changed': ['refusal:close-stale'],
  'refusal:counted-elsewhere': ['refusal:close-stale'],
  'refusal:not-the-last': ['refusal:close-not-last'],
  'refusal:text-invalid': ['refusal:note-missing'],
  'refusal:already-corrected': ['refusal:already-refunded'],
  'refusal:bad-field': ['refusal:bad-input'],
  'refusal:visit-invalid': ['refusal:bad-input'],
  'refusal:psam-not-ready': ['refusal:psam-mute', 'refusal:psam-slot-empty', 'refusal:psam-not-opened', 'refusal:psam-unreachable', 'refusal:psam-reader'],
  'refusal:reader-fault': ['refusal:mute-card', 'refusal:reader-gone', 'refusal:no-reader', 'refusal:held-by-other', 'refusal:protocol-fault']
}
