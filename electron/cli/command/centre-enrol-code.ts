import { ok } from '../../../base/result.ts'
import type { EnrolmentCode } from '../../../settlement/centre/enrol/enrol.ts'
import { required, type Command } from '../command.ts'
import { badInput, type Outcome, type Output } from '../failure.ts'
import { inCentre } from '../in-centre.ts'
import type { Terminal } from '../terminal.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'

const SYNOPSIS = '--db URL --institution CODE'

export const centreEnrolCodeCommand: Command = {
  name: 'centre enrol-code',
  synopsis: SYNOPSIS,
  summary: "a one-time code with which one terminal of an institution makes itself known; shown once, good for 24 hours (接入码)",
  options: { db: { type: 'string' }, institution: { type: 'string' } },
  positionals: [],
  run: async (input, terminal) => {
    const url = required(input, 'db', `centre enrol-code ${SYNOPSIS}`)
    if (!url.ok) return url
    const institution = required(input, 'institution', `centre enrol-code ${SYNOPSIS}`)
    return institution.ok ? await makeCode(url.value, institution.value, terminal) : institution
  }
}

async function makeCode(url: string, institution: string, { entropy }: Terminal): Promise<Outcome> {
  return inCentre(url, async (database) => {
    const { makeEnrolmentCode } = await import('../../../settlement/centre/enrol/enrol.ts')
    const { systemCentreClock } = await import('../../centre/centre-clock.ts')
    const made = await makeEnrolmentCode({ database, entropy, clock: systemCentreClock }, institution)
    return made.ok ? ok(codeOutput(made.value)) : badInput(made.error.kind, `--institution: "${institution}" is not known to this centre`)
  })
}

export const codeOutput = ({ code, institution, expiresAt }: EnrolmentCode): Output => ({
  text: `${code}  接入码 one-time code of ${institution.fixmedins_code} ${institution.fixmedins_name}, until ${readableTime(expiresAt)}`,
  json: { code, institution: institution.fixmedins_code, expires_at: expiresAt }
})
