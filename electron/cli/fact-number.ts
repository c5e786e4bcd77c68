import { ok, type Result } from '../../base/result.ts'
import { badInput, type Failure } from './failure.ts'

/** Of an option that names a fact of the ledger. */
export const factNumber = (option: string, text: string): Result<number, Failure> =>
  /^[1-9]\d{0,14}$/.test(text) ? ok(Number(text)) : badInput('bad-option', `--${option} "${text}" is not the number of a fact`)
