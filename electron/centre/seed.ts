/**
 * Fills a centre from the fixtures: everything that the window's cards and visits need so that they can be settled, sent and
 * reconciled. What is there already stays as it is, so a centre in use may be seeded again when fixtures were added.
 */

import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { CentreDatabase, CentreTransaction } from '../../settlement/centre/store/centre-database.ts'
import { registerCards } from '../../settlement/centre/record/cards.ts'
import { insertRows } from '../../settlement/centre/store/insert-rows.ts'
import type { CatalogueRow, CentreSchema, InstitutionRow, PolicyRow } from '../../settlement/centre/store/schema.ts'
import { parsePolicy } from '../../settlement/policy/parse-policy.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { jsonFiles, readCatalogue, readIssuer } from '../host/files/delivered.ts'
import { readDocument } from '../host/files/document.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import { readJsonFile } from '../host/files/read-file.ts'
import { fixturePeople, type PeopleRequest, type SeededPerson } from './fixture-people.ts'
import { fixturePlaces } from './fixture-places.ts'

export type SeedRequest = Omit<PeopleRequest, 'issuer'>

/** How many of each were not there before. */
export interface SeedReport {
  readonly institutions: number
  readonly people: number
  readonly cards: number
  readonly policies: number
  readonly catalogues: number
}

/** The catalogue of the fixtures has no version of its own. */
const CATALOGUE_VERSION = '1'

interface Seeds {
  readonly institutions: readonly InstitutionRow[]
  readonly people: readonly SeededPerson[]
  readonly policies: readonly PolicyRow[]
  readonly catalogue: CatalogueRow
}

export async function seedCentre(database: CentreDatabase, request: SeedRequest): Promise<Result<SeedReport, FileProblem>> {
  const seeds = await readSeeds(request)
  return seeds.ok ? ok(await database.write((transaction) => write(transaction, seeds.value))) : seeds
}

async function readSeeds(request: SeedRequest): Promise<Result<Seeds, FileProblem>> {
  const { fixtures } = request
  const issuer = readIssuer(fixtures)
  if (!issuer.ok) return issuer
  const places = fixturePlaces(fixtures)
  if (!places.ok) return places
  const people = await fixturePeople({ ...request, issuer: issuer.value })
  if (!people.ok) return people
  const policies = policyRows(fixtures)
  if (!policies.ok) return policies
  const catalogue = catalogueRow(fixtures)
  if (!catalogue.ok) return catalogue
  return ok({
    institutions: places.value.institutions,
    people: people.value.map((person) => asRegistered(person, places.value.visits)),
    policies: policies.value,
    catalogue: catalogue.value
  })
}

/** The visits of the fixtures say what "the register" knows better than the card. This is that register. */
function asRegistered(seeded: SeededPerson, visits: readonly Visit[]): SeededPerson {
  const registered = visits.find(
    ({ patient, insured }) => insured?.psn_type !== undefined && (patient.psn_name ?? insured.psn_name) === seeded.person.psn_name
  )
  const psnType = registered?.insured?.psn_type
  return psnType === undefined ? seeded : { ...seeded, insurance: { ...seeded.insurance, psn_type: psnType } }
}

function policyRows(fixtures: string): Result<readonly PolicyRow[], FileProblem> {
  const folder = join(fixtures, 'regions')
  const rows: PolicyRow[] = []
  for (const path of jsonFiles(folder).map((name) => join(folder, name))) {
    const policy = readDocument(path, 'policy', parsePolicy)
    if (!policy.ok) return policy
    const json = readJsonFile(path, 'policy')
    if (!json.ok) return json
    rows.push({ region: policy.value.region, version: policy.value.version, document: JSON.stringify(json.value) })
  }
  return ok(rows)
}

function catalogueRow(fixtures: string): Result<CatalogueRow, FileProblem> {
  const catalogue = readCatalogue(fixtures)
  if (!catalogue.ok) return catalogue
  const json = readJsonFile(join(fixtures, 'catalogue', 'demo.json'), 'catalogue')
  return json.ok ? ok({ version: CATALOGUE_VERSION, document: JSON.stringify(json.value) }) : json
}

async function write(transaction: CentreTransaction, { institutions, people, policies, catalogue }: Seeds): Promise<SeedReport> {
  const known = new Set((await transaction.selectFrom('person').select('psn_no').execute()).map(({ psn_no }) => psn_no))
  const added = people.filter(({ person }) => !known.has(person.psn_no))
  const before = await counts(transaction)
  await insertRows(transaction, 'institution', institutions, KEEP)
  await insertRows(transaction, 'person', added.map(({ person }) => person))
  await insertRows(transaction, 'insurance', added.flatMap(({ insurance, otherInsurances }) => [insurance, ...otherInsurances]))
  await insertRows(transaction, 'entitlement', added.flatMap(({ entitlements }) => entitlements))
  await insertRows(transaction, 'filing', added.flatMap(({ filings }) => filings))
  await registerCards(transaction, added.flatMap(({ card }) => card ?? []))
  await insertRows(transaction, 'policy', policies, KEEP)
  await insertRows(transaction, 'catalogue', [catalogue], KEEP)
  const after = await counts(transaction)
  return {
    institutions: after.institutions - before.institutions,
    people: after.people - before.people,
    cards: after.cards - before.cards,
    policies: after.policies - before.policies,
    catalogues: after.catalogues - before.catalogues
  }
}

const KEEP = 'on conflict do nothing'

const counts = async (transaction: CentreTransaction): Promise<SeedReport> => ({
  institutions: await count(transaction, 'institution'),
  people: await count(transaction, 'person'),
  cards: await count(transaction, 'card'),
  policies: await count(transaction, 'policy'),
  catalogues: await count(transaction, 'catalogue')
})

async function count(transaction: CentreTransaction, table: keyof CentreSchema): Promise<number> {
  const { rows } = await transaction.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('rows')).executeTakeFirstOrThrow()
  return rows
}
