/**
 * What every row of every section has: when it applies, a name by which a more special document replaces it, and where it
 * was published. A row without a source is refused: nobody at a counter can answer for a rule of unknown origin.
 */

import { z } from 'zod'
import { CERTAINTIES } from '../policy/policy-parts.ts'
import {

  insutypeField,
  institutionKindField,
  levelField,
  medTypeField,
  MED_TYPES,
  psnTypeField,
  textField
} from '../wire/fields.ts'
import { FUND_KINDS } from '../eligibility/verdict.ts'

const NAME_RULE = 'must be a name: lower case letters, digits and -, at most 60 characters, beginning with a letter'
export const nameField = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, NAME_RULE)

export const someOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item, 'must be a list').min(1, 'must name at least one value; leave the field out to admit all')

const AGE_MAX = 150
export const ageField = z
  .int('must be a whole number of years')
  .min(0, 'must be at least 0')
  .max(AGE_MAX, `must be at most ${AGE_MAX}`)

export const countField = (least: number, most: number) =>
  z.int('must be a whole number').min(least, `must be ${least} to ${most}`).max(most, `must be ${least} to ${most}`)

export const groupNames = someOf(nameField)

const whenSchema = z
  .strictObject({
    psn_type: someOf(psnTypeField)
      .optional()
      .describe('Person types, by prefix: 11 in service, 12 retired, 13 retired cadre, 14 child or student, 15 resident adult, 16 resident elderly.')
      .meta({ examples: [['15', '16']] }),
    insutype: someOf(insutypeField).optional().describe('Insurance types, exact: 310 employee, 390 resident.'),
    age: z
      .strictObject({
        from: ageField.optional().describe('Whole years, included.'),
        below: ageField.optional().describe('Whole years, excluded.')
      })
      .superRefine(({ from = 0, below = Infinity }, context) => {
        if (from >= below) context.addIssue({ code: 'custom', path: ['below'], message: `must be above "from", ${from}` })
      })
      .optional()
      .describe('Age in whole years on the day of service. Where the day of birth is not known the row does not apply, and the verdict says that it could not be decided.'),
    cvlserv_flag: z.enum(['0', '1']).optional().describe('Civil servant: "1", others "0".'),
    level: someOf(levelField).optional().describe('Levels of the institution: 1, 2, 3; 0 has none (pharmacies, unrated clinics).'),
    kind: someOf(institutionKindField).optional().describe('Kinds of institution: community, hospital, pharmacy, clinic, other.'),
    med_type: someOf(medTypeField).optional().describe(`Visit types, by prefix: ${MED_TYPES}.`),
    dise_codg: someOf(textField(30)).optional().describe('Disease of a chronic visit, by prefix.')
  })
  .meta({ id: 'rule_when' })
  .describe(
    'When the row applies. All fields given must hold; of a list one value. For OR across fields write two rows. Left out or {}: always.'
  )

export type When = z.output<typeof whenSchema>

/** `not stated` is what a policy may say; a rule may not. */
export const RULE_CERTAINTIES = CERTAINTIES.filter((certainty) => certainty !== 'not stated')

/** One text stands in both languages; either way a reader gets { zh, en }. */
const sourceField = z
  .union([textField(300), z.strictObject({ zh: textField(300), en: textField(300) })], {
    error: ({ input }) => (input === undefined ? 'this field is required' : 'must be a text, or {"zh": ..., "en": ...}')
  })
  .meta({ examples: [{ zh: '处方管理办法第十九条', en: 'Prescription Administration Measures, article 19' }, 'Prescription Administration Measures, article 19'] })
  .transform((source) => (typeof source === 'string' ? { zh: source, en: source } : source))

export type Source = z.output<typeof sourceField>

export const provenance = {
  source: sourceField.describe(
    'Where the rule was published. Required: a rule without a source is refused. {"zh": ..., "en": ...} is shown in the language of the reader; one text is shown in both languages as it stands.'
  ),
  certainty: z
    .enum(RULE_CERTAINTIES)
    .describe('How sure it is. inferred, conflicting and weak are marked on the screen.')
}

const COMMON = {
  id: nameField
    .optional()
    .describe('Names the row, so that a document based on this one replaces it by a row with the same id. Unique in its section.'),
  when: whenSchema.optional(),
  ...provenance
}

export const row = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...shape, ...COMMON })

export type Row<Fields = unknown> = Fields & {
  readonly id?: string | undefined
  readonly when?: When | undefined
  readonly source: Source
  readonly certainty: (typeof RULE_CERTAINTIES)[number]
}

export const fundsField = someOf(z.enum(FUND_KINDS)).describe('The funds of which it holds. Left out: every one.')


/** Groups that a row names; left out, it concerns every item. */
export const concerns = (items: readonly string[] | undefined, groups: ReadonlySet<string>): boolean =>
  items === undefined || items.some((name) => groups.has(name))
