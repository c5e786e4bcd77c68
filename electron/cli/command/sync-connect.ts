import { readFileSync } from 'node:fs'
import { ok, type Result } from '../../../base/result.ts'
import { openLedgerForReading } from '../../../settlement/store/sqlite/open-ledger.ts'
import { enrolledAs } from '../../../settlement/sync/apart.ts'
import { institutionCodeField } from '../../../settlement/wire/fields.ts'
import { terminalNumbersIn } from '../../host/files/delivered.ts'
import { institutionDivision } from '../../host/patient.ts'
import { enrol, type EnrolRequest } from '../../host/sync/enrol.ts'
import type { CentreFile } from '../../host/sync/centre-files.ts'
import { readTill } from '../../host/till-file.ts'
import { required, type Command, type CommandInput } from '../command.ts'
import { asBadInput } from '../document.ts'
import { badInput, refused, type Failure, type Outcome } from '../failure.ts'
import { ledgerFailure } from '../refusal-failure.ts'
import { PLACE_OPTIONS, placeOf, syncClockOf, syncFailure, type SyncPlace } from '../sync-place.ts'
import type { Terminal } from '../terminal.ts'
import { openWritableLedger } from '../writable-ledger.ts'

const SYNOPSIS = '--data FOLDER | --ledger DB [--institution CODE] --centre URL --code CODE [--certificate PEM] [--anew]'
const USAGE = `sync connect ${SYNOPSIS}`

export const syncConnectCommand: Command = {
  name: 'sync connect',
  synopsis: SYNOPSIS,
  summary: "make this terminal one of a centre's, by the centre's address and a one-time code; --anew: under another name, when the two find each other no more (接入中心)",
  options: {
    ...PLACE_OPTIONS,
    institution: { type: 'string' },
    centre: { type: 'string' },
    code: { type: 'string' },
    certificate: { type: 'string' },
    anew: { type: 'boolean' }
  },
  positionals: [],
  run: async (input, terminal) => {
    const place = placeOf(input, USAGE)
    if (!place.ok) return place
    const url = required(input, 'centre', USAGE)
    if (!url.ok) return url
    const code = required(input, 'code', USAGE)
    if (!code.ok) return code
    return connect({ place: place.value, url: url.value, code: code.value, input }, terminal)
  }
}

interface Asked {
  readonly place: SyncPlace
  readonly url: string
  readonly code: string
  readonly input: CommandInput
}

async function connect({ place, url, code, input }: Asked, terminal: Terminal): Promise<Outcome> {
  const whose = place.data === undefined ? ofLedger(place, input) : ofTill(place.data, terminal)
  if (!whose.ok) return whose
  const numbers = asBadInput(terminalNumbersIn(terminal.fixtures, institutionDivision(whose.value.institution)))
  if (!numbers.ok) return numbers
  const certificate = certificateOf(input)
  if (!certificate.ok) return certificate
  const request = { ...whose.value, paths: place.paths, url, code, terminalNumbers: numbers.value, certificate: certificate.value, clock: syncClockOf(terminal) }
  const enrolled = input.flag('anew') ? await enrolAnew(place, request) : await enrolOnce(request)
  if (!enrolled.ok) return enrolled
  const { terminal: name, institution, region, name: centre } = enrolled.value
  return ok({
    text: `已接入 connected to ${centre} (${enrolled.value.url}) as ${name}, ${institution.code} ${institution.name}, ${region}`,
    json: { centre: enrolled.value.url, name: centre, terminal: name, institution, region }
  })
}

async function enrolOnce(request: EnrolRequest): Promise<Result<CentreFile, Failure>> {
  const enrolled = await enrol(request)
  if (enrolled.ok) return enrolled
  const failed = syncFailure(enrolled.error)
  return enrolled.error.kind === 'already-connected' ? refused(failed.error.kind, `${failed.error.message}; under another name: --anew`) : failed
}

/** Nobody else writes to the ledger meanwhile: what its window agrees with the centre would be agreed under the older name. */
async function enrolAnew(place: SyncPlace, request: EnrolRequest): Promise<Result<CentreFile, Failure>> {
  const ledger = openWritableLedger(place.ledger, { create: true })
  if (!ledger.ok) return ledger
  try {
    const enrolled = await enrol({ ...request, anew: true })
    if (!enrolled.ok) return syncFailure(enrolled.error)
    const kept = enrolledAs(ledger.value.sync, enrolled.value.terminal)
    return kept.ok ? enrolled : ledgerFailure(kept.error)
  } finally {
    ledger.value.close()
  }
}

interface Whose {
  readonly institution: string
  readonly terminalName: string
}

function ofTill(data: string, { fixtures }: Terminal): Result<Whose, Failure> {
  const till = asBadInput(readTill(data, fixtures))
  return till.ok ? ok({ institution: till.value.institution.fixmedins_code, terminalName: till.value.terminal_name }) : till
}

/** A ledger that has settled knows whose it is; a new one has to be told. */
function ofLedger({ ledger }: SyncPlace, input: CommandInput): Result<Whose, Failure> {
  const institution = input.text('institution') ?? institutionIn(ledger)
  if (institution === undefined) return badInput('missing-option', `--institution is missing, and ${ledger} has no settlement that would tell; usage: caresettle ${USAGE}`)
  const named = institutionCodeField.safeParse(institution)
  return named.success ? ok({ institution, terminalName: institution }) : badInput('bad-option', `--institution "${institution}" is refused: ${named.error.issues[0]?.message}`)
}

function institutionIn(path: string): string | undefined {
  const ledger = openLedgerForReading(path)
  if (!ledger.ok) return undefined
  try {
    const settled = ledger.value.settlements({ limit: 1 })
    return settled.ok ? settled.value[0]?.hold.fact.visit.institution : undefined
  } finally {
    ledger.value.close()
  }
}

/** Of a centre whose certificate is signed by nobody that the system knows. */
function certificateOf(input: CommandInput): Result<string | undefined, Failure> {
  const path = input.text('certificate')
  if (path === undefined) return ok(undefined)
  const text = readFileSync(path, 'utf8')
  return text.includes('-----BEGIN CERTIFICATE-----') ? ok(text) : badInput('invalid-certificate', `certificate ${path}: it is no PEM certificate`)
}
