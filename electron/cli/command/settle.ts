import { ok } from '../../../base/result.ts'
import { parseVisit } from '../../../settlement/visit/parse-visit.ts'
import { serveVisit } from '../../host/counter.ts'
import { required, type Command } from '../command.ts'
import { readDocument } from '../document.ts'
import { readPins } from '../pin-input.ts'
import { statementJson, statementText } from '../print/statement.ts'
import { counterFailure } from '../refusal-failure.ts'
import { atCounter } from '../at-counter.ts'

const SYNOPSIS = '--visit FILE --card FILE --pin-stdin --ledger DB [--policy FILE]... [--catalogue FILE] [--psam FILE]'

export const settleCommand: Command = {
  name: 'settle',
  synopsis: SYNOPSIS,
  summary: 'settle a visit on a card and book it; the PIN comes through standard input (门诊结算)',
  options: {
    visit: { type: 'string' },
    card: { type: 'string' },
    ledger: { type: 'string' },
    psam: { type: 'string' },
    catalogue: { type: 'string' },
    policy: { type: 'string', multiple: true },
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
    const visit = readDocument(visitPath.value, 'visit', parseVisit)
    if (!visit.ok) return visit
    const pins = await readPins(input, terminal, ['PIN'])
    if (!pins.ok) return pins
    const [pin] = pins.value
    const files = {
      card: card.value,
      ledger: ledger.value,
      psam: input.text('psam'),
      catalogue: input.text('catalogue'),
      policies: input.list('policy'),
      region: visit.value.fixmedins_code.slice(1, 7)
    }
    return atCounter(files, terminal, async (counter) => {
      const served = await serveVisit(counter, visit.value, pin)
      if (!served.ok) return counterFailure(served.error)
      return ok({ text: statementText(served.value, visit.value).join('\n'), json: statementJson(served.value, visit.value) })
    })
  }
}
