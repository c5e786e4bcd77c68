/**
 * The rules of eligibility as a document: who may have what paid, here and today. It is a set of sections, each a list of
 * rows, and each row names its source. Two kinds of sections:
 *
 *   first row that applies decides    a parameter: days of supply, how long a loss report holds
 *   every row that applies holds      a rule of its own: only for women, not at level 1
 *
 * The schema is published as JSON Schema: its descriptions are the manual for whoever writes rules.
 */

import { z } from 'zod'
import { dateField, divisionField, textField } from '../wire/fields.ts'
import { groupSchema } from './group-schema.ts'
import {
  chronicDrugsRow,
  chronicRow,
  duplicateRow,
  earlyRow,
  itemRuleRow,
  specialRow
} from './item-sections.ts'
import {
  arrearsRow,
  breakRow,
  fundRow,
  inHospitalRow,
  lossRow,
  offSiteRow,
  samePlaceRow,
  statusRow,
  stopRow,
  waitingRow
} from './person-sections.ts'
import { nameField } from './rule-row.ts'
import {
  checkRow,
  dispensingRow,
  drugsMostRow,
  effectRow,
  longExcludedRow,
  noCodeRow,
  placeLimitRow,
  poolingRow,
  requiredRow,
  supplyRow,
  traceRow,
  validityRow
} from './sale-sections.ts'

const ROWS_MAX = 5000
const FIRST = 'The first row that applies decides.'
const EVERY = 'Every row that applies holds.'

const list = <RowSchema extends z.ZodType>(rowSchema: RowSchema, how: string, what: string) =>
  z
    .array(rowSchema, 'must be a list of rows')
    .max(ROWS_MAX, `must have at most ${ROWS_MAX} rows`)
    .default([])
    .describe(`${what} ${how}`)

export const SECTIONS = {
  card_lost: list(lossRow, FIRST, 'Which loss report stops which certificate, and for how long.'),
  card_expired: list(stopRow, FIRST, 'What a card behind its last day stops.'),
  card_not_activated: list(stopRow, FIRST, 'What a card that was never activated stops.'),
  insurance_status: list(statusRow, FIRST, 'Which states of insurance close the funds.'),
  arrears: list(arrearsRow, FIRST, 'When premiums that are owed close the funds.'),
  breaks: list(breakRow, FIRST, 'Which break counts as none.'),
  waiting: list(waitingRow, FIRST, 'Waiting periods, by how the participation began.'),
  in_hospital: list(inHospitalRow, FIRST, 'What is closed to somebody who is an inpatient.'),
  same_place: list(samePlaceRow, FIRST, 'When a person is insured here: how many digits of the divisions agree. Without a row: 4.'),
  off_site: list(offSiteRow, FIRST, 'People insured elsewhere, by the filing that is valid on the day.'),
  funds: list(fundRow, EVERY, 'Which funds a visit draws on. Without a row that applies: the pool.'),
  item_rules: list(itemRuleRow, EVERY, 'Whom, where and when an item is paid for.'),
  duplicates: list(duplicateRow, FIRST, 'Two drugs of one therapy on one bill. Both lines are named; the other is paid once one of them is own pay.'),
  early: list(earlyRow, FIRST, 'Dispensing again before the earlier supply runs out.'),
  special: list(specialRow, EVERY, 'Special, negotiated and dual-channel drugs: filing and place.'),
  chronic: list(chronicRow, FIRST, 'The chronic-disease benefit: filing and place.'),
  chronic_drugs: list(chronicDrugsRow, EVERY, 'Which drugs are paid for which disease. A disease without a row: every drug.'),
  prescription_required: list(requiredRow, EVERY, 'What needs a prescription to be handed over, or to be paid.'),
  prescription_validity: list(validityRow, FIRST, 'How long a prescription may be dispensed.'),
  prescription_drugs: list(drugsMostRow, FIRST, 'How many drugs one prescription may have.'),
  prescription_checks: list(checkRow, 'Of each check the first row that applies decides; a check without a row is not made.', 'What is checked of a prescription.'),
  supply: list(supplyRow, FIRST, 'Days of supply that a fund pays.'),
  dispensing: list(dispensingRow, EVERY, 'Days of supply that may be handed over at all.'),
  long_excluded: list(longExcludedRow, EVERY, 'What may not be on a long prescription.'),
  place_limits: list(placeLimitRow, EVERY, 'Limits of the place: a day, a month, one sale, sales a day.'),
  trace: list(traceRow, EVERY, 'From when packs must be scanned, and what carries no code.'),
  no_code: list(noCodeRow, EVERY, 'Stock from before the codes.'),
  pooling: list(poolingRow, FIRST, 'What a pharmacy outside pooling does not get.'),
  effects: list(effectRow, FIRST, 'The weight of a reason, where a place sets another than the rule has.')
} as const
export type SectionName = keyof typeof SECTIONS
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SectionName[]

const removedField = z.string().regex(/^([a-z_]{1,30}\.)?[a-z][a-z0-9-]{0,59}$/, 'must be the id of a row, or "section.id"')

const EXAMPLE = {
  id: 'city-999999',
  region: '999999',
  name: { zh: '测试区', en: 'Test region' },
  version: '2026.1',
  effective: { from: '2026-01-01', to: null },
  based_on: 'national',
  groups: { 'men-only': { codes: ['XG04CAT999'], source: 'test region', certainty: 'fictitious' } },
  item_rules: [{ rule: 'sex', items: ['men-only'], sex: 'male', source: 'test region', certainty: 'fictitious' }],
  supply: [{ visits: ['chronic'], days: 30, source: 'test region', certainty: 'fictitious' }]
}

export const rulesSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Ignored; lets an editor find this schema.'),
    id: nameField.describe('Names the document. Versions of one document share it and rule different days.').meta({ examples: ['national'] }),
    region: divisionField.describe('Division of the place of care, 6 digits; "000000" is the country, "320000" a province, "321000" a city.'),
    name: z.strictObject({ zh: textField(40), en: textField(80) }).describe('Name of the place, in both languages.'),
    version: textField(40).describe('Shown beside every verdict.').meta({ examples: ['2026.1'] }),
    effective: z
      .strictObject({
        from: dateField.describe('First day of service, included.'),
        to: dateField.nullable().default(null).describe('Last day of service, included; null: until further notice.')
      })
      .superRefine(({ from, to }, context) => {
        if (to !== null && to < from) context.addIssue({ code: 'custom', path: ['to'], message: `must not lie before "from", ${from}` })
      })
      .describe('Days of service that the document rules. Versions of one id must not overlap.'),
    based_on: nameField
      .nullable()
      .default(null)
      .describe('Id of the more general document, of which the version of the day is taken. Rows of this document come before its rows.')
      .meta({ examples: ['national'] }),
    replaces: z
      .array(z.enum(SECTION_NAMES, `must be a section: ${SECTION_NAMES.join(', ')}`), 'must be a list of sections')
      .default([])
      .describe('Sections of which nothing is taken from the document below: the rows here are all there are.'),
    removes: z
      .array(removedField, 'must be a list of row ids')
      .default([])
      .describe('Rows of the documents below that do not hold here, by their id, or as "section.id" where several sections have a row of that id.')
      .meta({ examples: [['for-pooling', 'supply.chronic']] }),
    note: textField(2000).optional().describe('Free text for people.'),
    groups: z.record(nameField, groupSchema, 'must be an object of groups').default({}).describe('Groups of items, by name. Those of the documents below may be used too; a group of the same name replaces theirs.'),
    ...SECTIONS
  })
  .meta({
    title: 'Rules',
    description:
      'Rules of eligibility of one region and period. Documents build on one another (based_on: city on province on country): the rows of the more special one come first. In a section where the first row that applies decides, they therefore win; in a section where every row holds, they are added. A row with the `id` of a row below replaces it; `replaces` drops whole sections; `removes` drops rows. Every row needs source and certainty. Days are "YYYY-MM-DD", amounts decimal strings in yuan. A field that is not listed is refused.',
    examples: [EXAMPLE]
  })

export type RuleDocument = z.output<typeof rulesSchema>
export type RowOf<Section extends SectionName> = RuleDocument[Section][number]
