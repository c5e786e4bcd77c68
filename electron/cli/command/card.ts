import { basename, extname, join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { ok, type Result } from '../../../base/result.ts'
import { personalise } from '../../../card/chip/personalisation/personalise.ts'
import { parsePersonalisation } from '../../../card/chip/personalisation/parse.ts'
import type { Personalisation } from '../../../card/chip/personalisation/schema.ts'
import { registerDocument } from '../../host/card-register.ts'
import { createChipFile } from '../../host/chip-file.ts'
import { required, type Command } from '../command.ts'
import { badDocument, readDocument } from '../document.ts'
import { badInput, type Failure, type Outcome } from '../failure.ts'
import { jsonFiles, readIssuer } from '../fixtures.ts'
import { table } from '../print/columns.ts'
import type { Terminal } from '../terminal.ts'
import { readCardRegister, registerPath, withCard } from '../at-till.ts'

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

/** An invalid personalisation is described field by field; a PIN or key in it is never repeated. */
export const readPersonalisation = (path: string): Result<Personalisation, Failure> =>
  readDocument(path, 'personalisation', (json) => {
    const card = parsePersonalisation(json)
    return card.ok ? card : { ok: false, error: card.error.problems }
  })

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
  const image = personalise(card.value, issuer.value)
  if (!image.ok) return badDocument(from, 'personalisation', image.error.problems)
  const created = createChipFile(out, image.value)
  if (!created.ok) return badInput('file-exists', `card: ${out} is there already; a card is never overwritten`)
  const registered = await registerCard(out, card.value, terminal)
  if (!registered.ok) return registered
  return ok({
    text: `${out}: ${image.value.length} bytes of memory${registered.value ? `, noted in ${registerPath(out)}` : ''}`,
    json: { card: out, bytes: image.value.length, registered: registered.value }
  })
}

/** Lost and not activated are known to the back office alone, so they go into its register, not onto the chip. */
async function registerCard(path: string, card: Personalisation, terminal: Terminal): Promise<Result<boolean, Failure>> {
  if (card.kind !== 'social-security') return ok(false)
  const { lost, activated } = card.backOffice
  const isInOrder = lost === undefined && activated
  const register = readCardRegister(path)
  if (!register.ok) return register
  if (isInOrder && register.value.size === 0) return ok(false)
  const cardId = await withCard(path, terminal, (_, { identificationCode }) => Promise.resolve(ok(identificationCode)))
  if (!cardId.ok) return cardId
  const cards = new Map(register.value)
  // A new card of a known number replaces what was said of the old one.
  cards.delete(cardId.value)
  if (!isInOrder) cards.set(cardId.value, { card_id: cardId.value, activated, ...(lost === undefined ? {} : { lost }) })
  writeFileSync(registerPath(path), `${JSON.stringify(registerDocument(cards), undefined, 2)}\n`)
  return ok(!isInOrder)
}
