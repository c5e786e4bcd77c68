/** What the fields of a personalisation mean for one another. Each rule names the field, its value and what is allowed. */

import { encodeText } from '../../bytes/text.ts'
import { EF } from '../../identifier/data-item.ts'
import { AMOUNT_MAX_BINARY, AMOUNT_MAX_DECIMAL, GENERATIONS, type Version } from '../file-system/generation.ts'
import { amountText, fenOf } from './amount.ts'
import { cardNumberCheck } from './card-number.ts'
import { NAME_CONTINUED_LENGTH_MAX, NAME_LENGTH_MAX, splitName } from './holder-name.ts'
import { findItem } from './item-path.ts'
import type { PersonalisationProblem } from './parse.ts'
import type { Personalisation, SocialSecurityCard } from './schema.ts'

export function crossFieldProblems(card: Personalisation): PersonalisationProblem[] {
  if (card.kind !== 'social-security') return []
  return [
    ...versionProblems(card),
    ...dateProblems(card),
    ...textProblems(card),
    ...pinProblems(card),
    ...purseProblems(card),
    ...logProblems(card),
    ...keyProblems(card),
    ...extraItemProblems(card)
  ]
}

const problem = (path: string, value: unknown, rule: string): PersonalisationProblem => ({ path, value, rule })

function versionProblems(card: SocialSecurityCard): PersonalisationProblem[] {
  const problems: PersonalisationProblem[] = []
  if (card.interface === 'contactless' && card.version !== '3.00') {
    problems.push(problem('interface', card.interface, `version ${card.version} is contact only; contactless needs 3.00`))
  }
  if (card.version === '1.00' && card.offline !== undefined) {
    problems.push(problem('offline', card.offline, 'version 1.00 has no temporary-offline items'))
  }
  const { applications } = GENERATIONS[card.version]
  for (const name of Object.keys(card.blocked.applications)) {
    if (applications.some((application) => application.name === name)) continue
    problems.push(problem(`blocked.applications.${name}`, name, `version ${card.version} has no ${name}`))
  }
  return problems
}

function dateProblems({ issue, holder, medical }: SocialSecurityCard): PersonalisationProblem[] {
  const problems: PersonalisationProblem[] = []
  if (issue.expiryDate <= issue.issueDate) {
    problems.push(problem('issue.expiryDate', issue.expiryDate, `must be later than issue.issueDate ${issue.issueDate}`))
  }
  if (holder.birthDate > issue.issueDate) {
    problems.push(problem('holder.birthDate', holder.birthDate, `must not be later than issue.issueDate ${issue.issueDate}`))
  }
  const { accountOpened } = medical
  if (accountOpened !== undefined && accountOpened < holder.birthDate) {
    const rule = `must not be earlier than holder.birthDate ${holder.birthDate}`
    problems.push(problem('medical.accountOpened', accountOpened, rule))
  }
  if (accountOpened !== undefined && accountOpened > issue.expiryDate) {
    const rule = `must not be later than issue.expiryDate ${issue.expiryDate}`
    problems.push(problem('medical.accountOpened', accountOpened, rule))
  }
  return problems
}

function textProblems({ version, holder, issue, medical }: SocialSecurityCard): PersonalisationProblem[] {
  const problems: PersonalisationProblem[] = []
  const continuedMax = version === '1.00' ? 0 : NAME_CONTINUED_LENGTH_MAX
  if (splitName(holder.name, continuedMax) === undefined) {
    const places = continuedMax === 0 ? 'item 09 offers' : 'items 09 and 4E offer'
    const room = NAME_LENGTH_MAX + continuedMax
    const taken = encodeText(holder.name).length
    problems.push(problem('holder.name', holder.name, `takes ${taken} bytes in GB18030; ${places} ${room}`))
  }
  const check = issue.cardNumber.charAt(8)
  const expected = cardNumberCheck(issue.cardNumber.slice(0, 8))
  if (check !== '' && check !== expected) {
    problems.push(problem('issue.cardNumber', issue.cardNumber, `the check character must be ${expected}`))
  }
  const bounded: readonly (readonly [string, string, number])[] = [
    ['medical.accountNumber', medical.accountNumber, version === '1.00' ? 0x0a : 0x1d],
    ['medical.certificate', medical.certificate, 0x0f],
    ['medical.healthRecord', medical.healthRecord, version === '1.00' ? 0 : 0x11],
    ...medical.institutions.map((code, index) => [`medical.institutions.${index}`, code, 0x09] as const)
  ]
  for (const [path, value, max] of bounded) {
    if (encodeText(value).length > max) problems.push(problem(path, value, `must have at most ${max} bytes in GB18030`))
  }
  return problems
}

function pinProblems({ pin }: SocialSecurityCard): PersonalisationProblem[] {
  if (pin.triesLeft === undefined || pin.triesLeft <= pin.triesMax) return []
  return [problem('pin.triesLeft', pin.triesLeft, `must be at most pin.triesMax ${pin.triesMax}`)]
}

function purseProblems({ version, purse, offline }: SocialSecurityCard): PersonalisationProblem[] {
  const problems: PersonalisationProblem[] = []
  const { amountMax } = GENERATIONS[version]
  for (const field of ['balance', 'ownPaymentTotal', 'pooledPaymentTotal'] as const) {
    if (fenOf(purse[field]) <= amountMax) continue
    problems.push(problem(`purse.${field}`, purse[field], `version ${version} holds at most ${amountText(amountMax)}`))
  }
  if (purse.useMode === 'online' && fenOf(purse.balance) > 0) {
    problems.push(problem('purse.balance', purse.balance, 'must be "0.00" in online mode: the back office keeps the account'))
  }
  if (purse.useMode === 'online' && purse.profile === 'PBOC') {
    problems.push(problem('purse.useMode', purse.useMode, 'must be "offline" for profile PBOC: its one amount is the balance\'s'))
  }
  if (offline !== undefined && fenOf(offline.amount) > AMOUNT_MAX_DECIMAL) {
    const rule = `must be at most ${amountText(AMOUNT_MAX_DECIMAL)}: item 92 has 8 digits of fen`
    problems.push(problem('offline.amount', offline.amount, rule))
  }
  return problems
}

function logProblems({ version, issue, log }: SocialSecurityCard): PersonalisationProblem[] {
  const problems: PersonalisationProblem[] = []
  const capacity = logCapacity(version)
  if (log.length > capacity) problems.push(problem('log', `${log.length} lines`, `version ${version} keeps ${capacity}`))
  log.forEach((line, index) => {
    const before = log[index - 1]?.time
    if (before !== undefined && line.time < before) {
      problems.push(problem(`log.${index}.time`, line.time, `must not be earlier than the line before, ${before}`))
    } else if (line.time < issue.issueDate) {
      problems.push(problem(`log.${index}.time`, line.time, `must not be earlier than issue.issueDate ${issue.issueDate}`))
    }
    for (const field of ['accountAmount', 'ownPayment', 'pooledPayment'] as const) {
      if (fenOf(line[field]) <= AMOUNT_MAX_BINARY) continue
      const rule = `must be at most ${amountText(AMOUNT_MAX_BINARY)}: a log line has 4 bytes for it`
      problems.push(problem(`log.${index}.${field}`, line[field], rule))
    }
  })
  return problems
}

function logCapacity(version: Version): number {
  const medical = GENERATIONS[version].applications.find(({ name }) => name === 'DF04')
  const structure = medical?.files.find(({ fid }) => fid === EF.EF08)?.structure
  return structure?.kind === 'cyclic' ? structure.records : 0
}

function keyProblems({ version, keys }: SocialSecurityCard): PersonalisationProblem[] {
  const { applications, suite } = GENERATIONS[version]
  const rows = applications.flatMap((application) => application.keys)
  return Object.entries(keys).flatMap(([name, hex]) => {
    const row = rows.find((candidate) => candidate.name === name.replace(/(?<=^D[PL]K)[23]$/, ''))
    if (row === undefined) return [problem(`keys.${name}`, hex, `version ${version} has no such key`)]
    const length = suite.blockLength === 16 ? 16 : row.length
    return hex.length === 2 * length ? [] : [problem(`keys.${name}`, hex, `must have ${length} bytes`)]
  })
}

function extraItemProblems({ version, items }: SocialSecurityCard): PersonalisationProblem[] {
  return items.flatMap((extra, index) => {
    const found = findItem(version, extra)
    return found.ok ? [] : [problem(`items.${index}.${found.error.field}`, extra[found.error.field], found.error.rule)]
  })
}
