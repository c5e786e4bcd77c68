/** What stands for and against the card that lies open: the rules of the day, what is known of the PIN, and what the window shows of it. */

import type { Pin } from '../../../card/secret/pin.ts'
import type { CardPanel } from '../../contract/card-view.ts'
import type { AccountKnowledge } from '../bill/account-knowledge.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import { isFirstPin } from '../first-pin.ts'
import type { CardData } from '../insured-person.ts'
import { openOnCard } from '../open-on-card.ts'
import { patientOf, type Patient } from '../patient.ts'
import { refusalView } from '../refusal/refusal-view.ts'
import { cardView } from './card-view.ts'
import { cardWarnings, firstBlocking, type CardFindings } from './card-warnings.ts'
import type { CardAtDesk, DeskCounter } from './open-at-desk.ts'
import { hasPad } from './pad-pin.ts'

/** What has become known since the card was opened, and is forgotten when it leaves. */
export interface Known {
  readonly account: AccountKnowledge
  readonly verified: boolean
  /** The PIN was given, and is still the one that cards are issued with. */
  readonly firstPin: boolean
}

export function policyFor(counter: DeskCounter, { data }: CardAtDesk): Patient['policy'] | undefined {
  const patient = patientToday(counter, data)
  return patient.ok ? patient.value.policy : undefined
}

/** Whether the card may have been issued with this PIN. */
export function isIssuedWith(counter: DeskCounter, at: CardAtDesk, pin: Pin): boolean {
  const policy = policyFor(counter, at)
  return policy !== undefined && isFirstPin(pin, policy.card, at.data.identity.cardNumber)
}

/** The first reason why nothing is settled with it; but for `excused`, which is none for what is asked. */
export const blockingOn = (counter: DeskCounter, at: CardAtDesk, firstPin: boolean, excused?: CounterRefusal['kind']): CounterRefusal | undefined =>
  firstBlocking(findings(counter, at, firstPin), excused)

export function readyPanel(counter: DeskCounter, at: CardAtDesk, { account, verified, firstPin }: Known): CardPanel {
  const { presence, data, triesLeft, session } = at
  const { policies, clock, owedTo } = counter
  const warnings = cardWarnings(findings(counter, at, firstPin))
  const owed = owedTo(data.identity)
  const pinOn = hasPad(session) ? 'pad' : 'window'
  return { state: 'ready', card: cardView({ presence, data, account, triesLeft, pinOn, verified, warnings, owed }, policies, clock().today) }
}

export function panelWithoutCard({ slot }: DeskCounter): CardPanel {
  const { trouble } = slot
  if (trouble === undefined) return { state: 'no-card' }
  return { state: 'no-reader', refusal: refusalView({ kind: 'card-not-opened', refusal: { kind: 'reader-fault', detail: trouble.kind, trouble } }) }
}

function findings(counter: DeskCounter, { data, triesLeft }: CardAtDesk, firstPin: boolean): CardFindings {
  const { register, ledger, lostBatches, isUnknown } = counter
  const { identity } = data
  const patient = patientToday(counter, data)
  return {
    identity,
    register: register(),
    isUnknown: data.holder.socialSecurityNumber !== undefined && isUnknown(data.holder.socialSecurityNumber),
    unruled: patient.ok ? undefined : patient.error,
    triesLeft,
    firstPin,
    lostBatches: lostBatches(),
    inDoubt: openOnCard(ledger, identity.identificationCode) === true
  }
}

function patientToday({ institution, policies, clock }: DeskCounter, data: CardData): ReturnType<typeof patientOf> {
  const { today } = clock()
  return patientOf(policies, data, { fixmedins_code: institution, begntime: today, insured: undefined }, today)
}
