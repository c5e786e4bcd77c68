import { z } from 'zod'
import { ok } from '../../../base/result.ts'
import { personalisationSchema } from '../../../card/chip/personalisation/schema.ts'
import { catalogueSchema } from '../../../settlement/catalogue/parse-catalogue.ts'
import { questionSchema } from '../../../settlement/eligibility/question-schema.ts'
import { policySchema } from '../../../settlement/policy/policy-schema.ts'
import { rulesSchema } from '../../../settlement/rules/rules-schema.ts'
import { visitSchema } from '../../../settlement/visit/visit-schema.ts'
import { claimSchema } from '../../../settlement/wire/claim-schema.ts'
import type { Command } from '../command.ts'
import { badInput } from '../failure.ts'

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  claim: claimSchema,
  policy: policySchema,
  card: personalisationSchema,
  visit: visitSchema,
  rules: rulesSchema,
  question: questionSchema,
  catalogue: catalogueSchema
}

export const schemaCommand: Command = {
  name: 'schema',
  synopsis: 'claim|policy|card|visit|rules|question|catalogue',
  summary: 'the JSON Schema of a document, with every field described',
  options: {},
  positionals: ['claim|policy|card|visit|rules|question|catalogue'],
  run: ({ positionals: [name = ''] }) => {
    const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined
    if (schema === undefined) {
      return badInput('unknown-schema', `schema "${name}" is unknown; allowed: ${Object.keys(SCHEMAS).join(', ')}`)
    }
    // What a writer of the document may put there: before defaults are filled in.
    const document = z.toJSONSchema(schema, { io: 'input' })
    return ok({ text: JSON.stringify(document, undefined, 2), json: document })
  }
}
