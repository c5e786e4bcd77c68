import { ok } from '../../../base/result.ts'
import type { NationalKey } from '../../../settlement/centre/national/gateway/keys.ts'
import { required, type Command } from '../command.ts'
import { badInput, type Outcome, type Output } from '../failure.ts'
import { inCentre } from '../in-centre.ts'
import type { Terminal } from '../terminal.ts'

const SYNOPSIS = '--db URL --institution CODE'

export const centreGatewayKeyCommand: Command = {
  name: 'centre gateway-key',
  synopsis: SYNOPSIS,
  summary: "a key pair with which an institution's own software signs calls of the national interface (网关密钥)",
  options: { db: { type: 'string' }, institution: { type: 'string' } },
  positionals: [],
  run: async (input, terminal) => {
    const url = required(input, 'db', `centre gateway-key ${SYNOPSIS}`)
    if (!url.ok) return url
    const institution = required(input, 'institution', `centre gateway-key ${SYNOPSIS}`)
    return institution.ok ? await makeKey(url.value, institution.value, terminal) : institution
  }
}

async function makeKey(url: string, institution: string, { entropy }: Terminal): Promise<Outcome> {
  return inCentre(url, async (database) => {
    const { makeNationalKey } = await import('../../../settlement/centre/national/gateway/keys.ts')
    const { systemCentreClock } = await import('../../centre/centre-clock.ts')
    const made = await makeNationalKey(database.db, institution, entropy, systemCentreClock())
    return made.ok ? ok(keyOutput(made.value, institution)) : badInput(made.error.kind, `--institution: "${institution}" is not known to this centre`)
  })
}

export const keyOutput = ({ accessKey, secret }: NationalKey, institution: string): Output => ({
  text: `gateway 网关 of ${institution}: _api_access_key ${accessKey}, secret ${secret}`,
  json: { institution, access_key: accessKey, secret }
})
