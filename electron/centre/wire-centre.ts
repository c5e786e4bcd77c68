/**
 * Puts a centre together: database, the issuer's keys behind their port, clock, random source, log, and every area's routes.
 * The only place that names them all. What cannot be opened is a refusal; nothing is left open then.
 */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { CentreClock, CentreEntropy, CentreLog, CentrePorts } from '../../settlement/centre/ports.ts'
import { centreApp, type CentreAppOptions, type Register } from '../../settlement/centre/serve/centre-app.ts'
import { ARRIVAL } from '../../settlement/centre/serve/limits.ts'
import type { Unpack } from '../../settlement/centre/serve/unpack.ts'
import { openCentre, type OpenCentreRefusal } from '../../settlement/centre/store/open-centre.ts'
import type { OpenDatabase } from '../../settlement/store/sqlite/open-database.ts'
import { readIssuer } from '../host/files/delivered.ts'
import type { FaultPoint } from '../host/fault-point.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import { systemEntropy } from '../host/system.ts'
import { readAreas, type NationalOptions } from './areas.ts'
import { cardAuthority } from './card-authority.ts'
import { systemCentreClock } from './centre-clock.ts'

export interface CentreOptions {
  /** sqlite:FILE or postgres://... */
  readonly url: string
  /** Where the issuer's keys are. */
  readonly fixtures: string
  readonly log: CentreLog
  readonly version: string
  readonly tls?: TlsFiles | undefined
  readonly clock?: CentreClock
  readonly entropy?: CentreEntropy
  /** How a SQLite file is opened; default: with the driver. */
  readonly openDatabase?: OpenDatabase
  /** Of batches; default: on the thread pool. */
  readonly unpack?: Unpack
  /** Passed where a tester may have the centre stopped; default: CARESETTLE_KILL_AT of the process. */
  readonly faultPoint?: FaultPoint
  /** For faults that the national interface is ordered to have; default: the system's timer. */
  readonly wait?: (ms: number) => Promise<void>
  /** Default: signed calls only, and nobody orders faults. */
  readonly national?: NationalOptions
  readonly rates?: CentreAppOptions['rates']
  readonly breath?: CentrePorts['breath']
}

export interface TlsFiles {
  /** PEM files. */
  readonly key: string
  readonly cert: string
}

export type WireRefusal =
  | { readonly kind: 'database'; readonly refusal: OpenCentreRefusal }
  | { readonly kind: 'file'; readonly problem: FileProblem }
  | { readonly kind: 'tls'; readonly detail: string }

export interface WiredCentre {
  readonly ports: CentrePorts
  readonly app: FastifyInstance
  /** `port` 0: any that is free. Rejects with the system's error when the port is taken. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>
  /** Answers what has been asked, takes nothing more, lets go of the database. */
  close(): Promise<void>
}

export async function wireCentre(options: CentreOptions): Promise<Result<WiredCentre, WireRefusal>> {
  const { url, fixtures, log, clock = systemCentreClock, entropy = systemEntropy, openDatabase, breath } = options
  const issuer = readIssuer(fixtures)
  if (!issuer.ok) return refuse({ kind: 'file', problem: issuer.error })
  const areas = readAreas(fixtures, options.national ?? { unsigned: false, adminToken: undefined }, options)
  if (!areas.ok) return refuse({ kind: 'file', problem: areas.error })
  const tls = secureServer(options.tls)
  if (!tls.ok) return tls
  const database = await openCentre(url, { openDatabase })
  if (!database.ok) return refuse({ kind: 'database', refusal: database.error })
  const ports: CentrePorts = { database: database.value, authority: cardAuthority(issuer.value), clock, entropy, log, breath }
  return ok(build(ports, { ...options, areas: areas.value, secured: tls.value }))
}

interface Built extends CentreOptions {
  readonly areas: readonly Register[]
  readonly secured: Pick<CentreAppOptions, 'serverFactory'>
}

function build(ports: CentrePorts, { areas, version, rates, unpack, tls, secured }: Built): WiredCentre {
  const app = centreApp(ports, { areas, version, ...secured, ...(rates === undefined ? {} : { rates }), ...(unpack === undefined ? {} : { unpack }) })
  return {
    ports,
    app,
    listen: async ({ host, port }) => {
      await app.listen({ host, port })
      const bound = app.server.address()
      invariant(isAddress(bound), 'the centre listens on a port')
      const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
      return `${tls === undefined ? 'http' : 'https'}://${name}:${bound.port}`
    },
    close: async () => {
      await app.close()
      await ports.database.close()
    }
  }
}

function secureServer(files: TlsFiles | undefined): Result<Pick<CentreAppOptions, 'serverFactory'>, WireRefusal> {
  if (files === undefined) return ok({})
  try {
    const options = { key: readFileSync(files.key), cert: readFileSync(files.cert), ...ARRIVAL, minVersion: 'TLSv1.2' } as const
    // Made once to see whether key and certificate fit.
    createServer(options)
    return ok({ serverFactory: (handler) => createServer(options, handler) })
  } catch (cause) {
    return refuse({ kind: 'tls', detail: cause instanceof Error ? cause.message : String(cause) })
  }
}

const isAddress = (bound: AddressInfo | string | null): bound is AddressInfo => typeof bound === 'object' && bound !== null
