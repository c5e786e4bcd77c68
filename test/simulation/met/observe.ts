/** Counts what a run shows of itself: what stands on screens, what the centre answers, how processes end. */

import type { TerminalEvent } from '../../../electron/contract/events.ts'
import { readBatchAnswer } from '../../../settlement/batch/answer.ts'
import type { Observation, Observer } from '../world/observation.ts'

export type Hit = (name: string) => void

/** For `world.observe`. `conditionOf`: of a card by its name. */
export function countingObserver(hit: Hit, conditionOf: (card: string) => string | undefined): Observer {
  const batches = new Batches()
  return (observation) => {
    if (observation.kind === 'card-in') hitText(hit, 'card:', conditionOf(observation.card))
    else if (observation.kind === 'http-request' || observation.kind === 'http-heard') batches.count(observation, hit)
    else count(observation, hit)
  }
}

/** Batches that have left a till and were not answered, by the number of their exchange. */
class Batches {
  readonly #tillOf = new Map<number, string>()

  count(observation: Extract<Observation, { kind: 'http-request' | 'http-heard' }>, hit: Hit): void {
    const { kind, exchange, terminal } = observation
    if (kind === 'http-heard') this.#tillOf.delete(exchange)
    else if (observation.path === '/v1/batches') {
      const isAlone = ![...this.#tillOf.values()].includes(terminal)
      this.#tillOf.set(exchange, terminal)
      hit(`state:batches-${isAlone ? 'one' : 'two'}`)
    }
  }
}

function count(observation: Observation, hit: Hit): void {
  switch (observation.kind) {
    case 'window-event':
      return countEvent(observation.event, hit)
    case 'window-answer':
      return countAnswer(observation.name, observation.answer, hit)
    case 'http-answered':
      return countHttp(observation.status, observation.body, hit)
    case 'ledger-restored':
      return hit(`state:ledger-${observation.fetched}`)
    case 'host-down':
      return hit(`state:host-${observation.cause}`)
    case 'centre-down':
      return hit(`state:centre-${observation.cause}`)
    default:
  }
}

function countEvent(event: TerminalEvent, hit: Hit): void {
  switch (event.topic) {
    case 'card': {
      const { panel } = event
      hit(`state:panel-${panel.state}`)
      if (panel.state === 'refused' || panel.state === 'no-reader') hitText(hit, 'refusal:', panel.refusal.kind)
      if (panel.state !== 'ready') return
      hit(`state:account-${panel.card.account.state}`)
      for (const { kind } of panel.card.warnings) hit(`state:warning-${kind}`)
      return
    }
    case 'in-doubt':
      for (const { kind } of event.inDoubt) hit(`state:doubt-${kind}-open`)
      return
    case 'resolved':
      for (const { kind, outcome } of event.resolutions) hit(`state:doubt-${kind}-${outcome}`)
      return
    case 'sync':
      hit(`state:link-${event.sync.link}`)
      for (const { state } of event.sync.parked) hit(`state:parked-${state}`)
      return
    default:
  }
}

/** Only what these names answer has a state in it. */
function countAnswer(name: string, answer: unknown, hit: Hit): void {
  const value = memberOf(answer, 'value')
  if (value === undefined) return
  // Why an item is not handed over, or not paid for, stands beside it and refuses nothing by itself.
  const lines = name === 'eligibility.check' ? [value] : name.startsWith('sale.') || name === 'terminal.state' ? saleLinesIn(value) : []
  for (const reason of lines.flatMap((line) => reasonsOf(line))) hitText(hit, 'refusal:', memberOf(reason, 'kind'))
  countTold(memberOf(memberOf(memberOf(value, 'bill') ?? value, 'outcome'), 'sums'), hit)
  if (name.startsWith('close.')) {
    hitText(hit, 'state:close-', memberOf(value, 'state'))
    for (const item of listOf(memberOf(value, 'items'))) hitText(hit, 'state:close-item-', memberOf(item, 'kind'))
  }
  const rows = name === 'records.search' ? listOf(memberOf(value, 'rows')) : []
  for (const row of rows) {
    hitText(hit, 'state:settlement-', memberOf(row, 'state'))
    hitText(hit, 'state:confirmation-', memberOf(row, 'confirmation'))
  }
}

function countTold(sums: unknown, hit: Hit): void {
  if (listOf(memberOf(sums, 'closedFunds')).length > 0) hit('state:told-fund-closed')
  if (typeof memberOf(sums, 'notInForce') === 'object' && memberOf(sums, 'notInForce') !== null) hit('state:told-not-in-force')
}

/** Of a bill, of a change of one, and of what a scan did to one. */
function saleLinesIn(value: unknown): readonly unknown[] {
  const bill = memberOf(value, 'bill') ?? memberOf(value, 'change') ?? value
  return [...listOf(memberOf(bill, 'lines')), ...listOf(memberOf(bill, 'changed'))].map((line) => memberOf(line, 'sale')).concat(memberOf(memberOf(bill, 'sale'), 'prescription'), memberOf(bill, 'sale'))
}

const reasonsOf = (of: unknown): readonly unknown[] => [...listOf(memberOf(memberOf(of, 'verdict'), 'reasons')), ...listOf(memberOf(of, 'reasons')), ...listOf(memberOf(of, 'person'))]

function hitText(hit: Hit, prefix: string, text: unknown): void {
  if (typeof text === 'string') hit(`${prefix}${text}`)
}

function countHttp(status: number, body: Uint8Array, hit: Hit): void {
  if (status < 400 && !BEGINNINGS.some((beginning) => beginning.every((byte, index) => body[index] === byte))) return
  const json = jsonOf(body)
  if (status >= 400) return hitText(hit, 'centre-refusal:', memberOf(memberOf(json, 'error'), 'kind'))
  const usedAt = memberOf(json, 'usedAt')
  if (usedAt !== undefined) return hit(`state:held-serial-${usedAt === null ? 'unknown' : 'used'}`)
  const answer = readBatchAnswer(json)
  for (const { verdict } of answer.ok ? answer.value.verdicts : []) {
    hit(`verdict:${verdict.kind}`)
    const said = verdict.kind === 'exists' ? verdict.verdict : verdict
    if (said.kind === 'refused') hit(`verdict:${said.refusal.kind}`)
    else if (said.kind === 'conflict') hit(`verdict:${said.conflict.kind}`)
  }
}

/** Of the answer to a batch, and of what the centre knows of a hold. */
const BEGINNINGS = ['{"number":', '{"sequence":'].map((text) => new TextEncoder().encode(text))

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
