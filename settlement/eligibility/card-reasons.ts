/** A card that was reported lost, never activated, or is behind its last day. */

import { plusDays } from '../calendar/day-number.ts'
import type { Findings } from './findings.ts'
import type { Matter } from './matter.ts'

export function addCardReasons(matter: Matter, out: Findings): void {
  addLost(matter, out)
  const { card } = matter.question.person
  const { card_not_activated: notActivated, card_expired: expired } = matter.rules.sections
  const [inactive] = notActivated
  if (!card.isActivated && inactive?.row.stops.includes(card.by) === true) {
    out.add({ kind: 'card-not-activated', effect: inactive.row.effect, rule: inactive.rule })
  }
  const [old] = expired
  if (card.expires !== undefined && card.expires < matter.on && old?.row.stops.includes(card.by) === true) {
    out.add({ kind: 'card-expired', effect: old.row.effect, rule: old.rule, values: { expired: card.expires } })
  }
}

function addLost(matter: Matter, out: Findings): void {
  const { lost: loss, by } = matter.question.person.card
  if (loss === undefined || loss.on > matter.on) return
  const ruled = matter.rules.sections.card_lost.find(({ row }) => row.report === loss.report)
  if (ruled === undefined || !ruled.row.stops.includes(by)) return
  const { holds_days: days, effect } = ruled.row
  // The day of the report is not counted (Civil Code, article 201).
  const until = days === null ? undefined : plusDays(loss.on, days)
  if (until !== undefined && matter.on > until) return
  const kind = loss.report === 'formal' ? 'card-lost-formally' : 'card-lost-temporarily'
  const values = until === undefined ? { reported: loss.on } : { reported: loss.on, until }
  out.add({ kind, effect, rule: ruled.rule, values })
}
