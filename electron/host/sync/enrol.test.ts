import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ok } from '../../../base/result.ts'
import { centrePathsIn, readCentreFile, type CentrePaths } from './centre-files.ts'
import { enrol } from './enrol.ts'
import type { AskHttp } from './http-request.ts'

const URL = 'https://centre.test.invalid:8443'
const CERTIFICATE = '-----BEGIN CERTIFICATE-----'

let folder: string
let paths: CentrePaths
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-'))
  paths = centrePathsIn(folder)
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A centre that lets everybody in, and by what each question knew it. */
function centre(): { readonly askHttp: AskHttp; readonly certificates: (string | undefined)[] } {
  const certificates: (string | undefined)[] = []
  const answers = [{ name: '测试区医保中心' }, { terminal: 'H99999900001-01', institution: { code: 'H99999900001', name: '测试第一医院' }, region: '999999' }]
  const askHttp: AskHttp = ({ certificate }) => {
    const answer = answers[certificates.push(certificate) % 2 === 1 ? 0 : 1]
    return Promise.resolve(ok({ status: 200, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode(JSON.stringify(answer)) }))
  }
  return { askHttp, certificates }
}

it('a till that is enrolled anew at the same address still knows its centre by the certificate that it was given', async () => {
  const { askHttp, certificates } = centre()
  const request = { paths, url: URL, code: 'CODE', terminalName: '1号窗口', terminalNumbers: ['999999000001'], institution: undefined, clock: () => ({ time: '20261126101500', epochMs: 0 }), askHttp }
  expect((await enrol({ ...request, certificate: CERTIFICATE })).ok).toBe(true)
  expect((await enrol(request)).ok).toBe(false)
  expect((await enrol({ ...request, anew: true })).ok).toBe(true)
  expect(certificates).toEqual([CERTIFICATE, CERTIFICATE, CERTIFICATE, CERTIFICATE])
  expect(readCentreFile(paths)).toMatchObject({ ok: true, value: { certificate: CERTIFICATE } })
  expect((await enrol({ ...request, url: 'https://other.test.invalid', anew: true })).ok).toBe(true)
  expect(certificates.slice(4)).toEqual([undefined, undefined])
})
