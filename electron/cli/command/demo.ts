import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { invariant } from '../../../base/invariant.ts'
import { ok } from '../../../base/result.ts'
import { Pin } from '../../../card/secret/pin.ts'
import { verifyLedger } from '../../../settlement/verifier/verify-ledger.ts'
import type { Command } from '../command.ts'
import type { Outcome } from '../failure.ts'
import { ledgerFailure } from '../refusal-failure.ts'
import type { Terminal } from '../terminal.ts'
import { readVisit, settleFiles } from '../settle-files.ts'
import { newCard, readPersonalisation } from './card.ts'

const CARD = 'in-service-32k.json'
const VISIT = 'outpatient-demo.json'

export const demoCommand: Command = {
  name: 'demo',
  synopsis: '',
  summary: 'the main job once, in a temporary folder: card, PIN, visit, settlement, statement, verified ledger (演示)',
  options: {},
  positionals: [],
  run: async (_, terminal) => {
    const folder = mkdtempSync(join(tmpdir(), 'caresettle-demo-'))
    try {
      return await demonstrate(folder, terminal)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

async function demonstrate(folder: string, terminal: Terminal): Promise<Outcome> {
  const personalisation = join(terminal.fixtures, 'cards', CARD)
  const card = join(folder, 'card')
  const made = await newCard(personalisation, card, terminal)
  if (!made.ok) return made
  const visit = readVisit(join(terminal.fixtures, 'visits', VISIT))
  if (!visit.ok) return visit
  const ledger = join(folder, 'ledger.db')
  const pin = fixturePin(personalisation)
  const served = await settleFiles({ card, ledger }, { visit: visit.value, pin }, terminal)
  if (!served.ok) return served
  const verified = verifyLedger(ledger)
  if (!verified.ok) return ledgerFailure(verified.error)
  invariant(verified.value.sound, 'the ledger of the demo does not verify')
  return ok({
    text: `${served.value.text}\n账簿核验 ledger verified: ${verified.value.postings} settlement, chain of ${verified.value.head.sequence} facts`,
    json: { statement: served.value.json, ledger: { sound: true, postings: verified.value.postings } }
  })
}

/** The PIN of a fixture stands in its file, visibly fake; a real one never does. */
function fixturePin(personalisation: string): Pin {
  const card = readPersonalisation(personalisation)
  invariant(card.ok && card.value.kind === 'social-security', 'the demo card is a social security card')
  const pin = Pin.parse(card.value.pin.value)
  invariant(pin.ok, 'the demo card has a usable PIN')
  return pin.value
}
