import { basename, extname, join } from 'node:path'
import { never } from '../../../base/invariant.ts'
import { ok, type Result } from '../../../base/result.ts'
import type { Personalisation } from '../../../card/chip/personalisation/schema.ts'
import * as host from '../../host/issue-card.ts'
import { required, type Command } from '../command.ts'
import { asBadInput } from '../document.ts'
import { badInput, type Failure, type Outcome } from '../failure.ts'
import { jsonFiles, readIssuer } from '../fixtures.ts'
import { table } from '../print/columns.ts'
import { chipFailure, counterFailure } from '../refusal-failure.ts'
import type { Terminal } from '../terminal.ts'

export const cardListCommand: Command = {
  name: 'card list',
  synopsis: '',
  summary: 'the fixture cards, and what each is for (测试卡)',
  options: {},
  positionals: [],
  run: (_, terminal) => {
    const folder = join(terminal.fixtures, 'cards')
    const cards: { file: string; kind: string; version: string; description: string }[] = []
    for (const file of jsonFiles(folder)) {
      const card = readPersonalisation(join(folder, file))
      if (!card.ok) return card
      const { value } = card
      cards.push({ file, kind: value.kind, version: 'version' in value ? value.version : '', description: value.description ?? '' })
    }
    const rows = cards.map(({ file, kind, version, description }) => [file, kind, version, description])
    return ok({ text: table(rows, ['left', 'left', 'left', 'left']).join('\n'), json: { cards } })
  }
}

export const readPersonalisation = (path: string): Result<Personalisation, Failure> => asBadInput(host.readPersonalisation(path))

const NEW_SYNOPSIS = '--from PERSONALISATION [--out FILE]'

export const cardNewCommand: Command = {
  name: 'card new',
  synopsis: NEW_SYNOPSIS,
  summary: 'a new simulated card, personalised by the test issuer; default file: NAME.card here (制卡)',
  options: { from: { type: 'string' }, out: { type: 'string' } },
  positionals: [],
  run: (input, terminal) => {
    const from = required(input, 'from', `card new ${NEW_SYNOPSIS}`)
    if (!from.ok) return from
    return newCard(from.value, input.text('out') ?? `${basename(from.value, extname(from.value))}.card`, terminal)
  }
}

export async function newCard(from: string, out: string, terminal: Terminal): Promise<Outcome> {
  const card = readPersonalisation(from)
  if (!card.ok) return card
  const issuer = readIssuer(terminal)
  if (!issuer.ok) return issuer
  const { entropy, clock } = terminal
  const request = { from, personalisation: card.value, issuer: issuer.value, out, entropy, today: clock().today }
  const issued = await host.issueCard(request)
  if (!issued.ok) return issueFailure(out, issued.error)
  const { bytes, registered } = issued.value
  return ok({
    text: `${out}: ${bytes} bytes of memory${registered ? `, noted in ${host.registerPath(out)}` : ''}`,
    json: { card: out, bytes, registered }
  })
}

function issueFailure(out: string, refusal: host.IssueRefusal): Outcome {
  switch (refusal.kind) {
    case 'file':
      return badInput(refusal.problem.kind, refusal.problem.message, refusal.problem.details)
    case 'create':
      return badInput('file-exists', `card: ${out} is there already; a card is never overwritten`)
    case 'chip':
      return chipFailure('card', refusal.refusal)
    case 'card':
      return counterFailure({ kind: 'card-not-opened', refusal: refusal.refusal })
    default:
      return never(refusal)
  }
}
