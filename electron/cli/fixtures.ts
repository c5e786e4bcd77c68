/** What the terminal is delivered with, as a command meets it. */

import type { Result } from '../../base/result.ts'
import type { IssuerKeys } from '../../card/issuer/issuer-keys.ts'
import type { Policy } from '../../settlement/policy/policy-schema.ts'
import type { Catalogue } from '../../settlement/catalogue/catalogue.ts'
import * as delivered from '../host/files/delivered.ts'
import { asBadInput } from './document.ts'
import type { Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'

export { jsonFiles, type PsamAlgorithm } from '../host/files/delivered.ts'

/** The region files named, or else those that the terminal is delivered with. */
export const readPolicies = ({ fixtures }: Terminal, named: readonly string[] = []): Result<readonly Policy[], Failure> =>
  asBadInput(delivered.readPolicies(fixtures, named))

export const readCatalogue = ({ fixtures }: Terminal, path?: string): Result<Catalogue, Failure> =>
  asBadInput(delivered.readCatalogue(fixtures, path))

export const readIssuer = ({ fixtures }: Terminal): Result<IssuerKeys, Failure> => asBadInput(delivered.readIssuer(fixtures))

export const makePsam = (
  { fixtures }: Terminal,
  region: string,
  algorithm: delivered.PsamAlgorithm
): Result<Uint8Array, Failure> => asBadInput(delivered.makePsam(fixtures, region, algorithm))
