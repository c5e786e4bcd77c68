import type { Result } from '../../base/result.ts'
import { checkDocument, type InputProblem } from '../wire/input-problem.ts'
import { visitSchema, type Visit } from './visit-schema.ts'

/** A visit document, checked by itself; its codes are looked up when a claim is composed of it. */
export const parseVisit = (json: unknown): Result<Visit, InputProblem[]> => checkDocument(visitSchema, json)
