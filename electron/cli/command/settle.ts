import { required, type Command } from '../command.ts'
import { readPins } from '../pin-input.ts'
import { readVisit, settleFiles } from '../settle-files.ts'

const SYNOPSIS = '--visit FILE --card FILE --pin-stdin --ledger DB [--policy FILE]... [--catalogue FILE] [--psam FILE] [--rules FILE]... [--people FILE] [--till FILE]'

/** A pharmacy's visit is judged first, by --rules or those delivered; --people says what a centre would of the holder. */
export const settleCommand: Command = {
  name: 'settle',
  synopsis: SYNOPSIS,
  summary: 'settle a visit on a card and book it; a connected ledger asks its centre about the holder; the PIN comes through standard input (门诊结算)',
  options: {
    visit: { type: 'string' },
    card: { type: 'string' },
    ledger: { type: 'string' },
    psam: { type: 'string' },
    catalogue: { type: 'string' },
    policy: { type: 'string', multiple: true },
    rules: { type: 'string', multiple: true },
    people: { type: 'string' },
    till: { type: 'string' },
    'pin-stdin': { type: 'boolean' }
  },
  positionals: [],
  run: async (input, terminal) => {
    const visitPath = required(input, 'visit', `settle ${SYNOPSIS}`)
    if (!visitPath.ok) return visitPath
    const card = required(input, 'card', `settle ${SYNOPSIS}`)
    if (!card.ok) return card
    const ledger = required(input, 'ledger', `settle ${SYNOPSIS}`)
    if (!ledger.ok) return ledger
    const visit = readVisit(visitPath.value)
    if (!visit.ok) return visit
    const pins = await readPins(input, terminal, ['PIN'])
    if (!pins.ok) return pins
    const [pin] = pins.value
    const files = {
      card: card.value,
      ledger: ledger.value,
      psam: input.text('psam'),
      catalogue: input.text('catalogue'),
      policies: input.list('policy')
    }
    const eligibility = { rules: input.list('rules'), people: input.text('people'), till: input.text('till') }
    return settleFiles(files, { visit: visit.value, pin, eligibility }, terminal)
  }
}
