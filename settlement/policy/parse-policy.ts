import type { Result } from '../../base/result.ts'
import { checkDocument, type InputProblem } from '../wire/input-problem.ts'
import { policySchema, type Policy } from './policy-schema.ts'

/** A region document, checked; every problem found otherwise. */
export const parsePolicy = (json: unknown): Result<Policy, InputProblem[]> => checkDocument(policySchema, json)
