import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginPharmacy } from './begin-pharmacy.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pharmacy-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('npm start -- --pharmacy', () => {
  it('makes a new folder the pharmacy of the demonstration, and opens it again', () => {
    const data = join(folder, 'new')
    expect(beginPharmacy(data, 'fixtures').ok).toBe(true)
    expect(readFileSync(join(data, 'till.json'), 'utf8')).toContain('P99999900001')
    expect(beginPharmacy(data, 'fixtures').ok).toBe(true)
  })

  it("does not take a hospital's folder", () => {
    writeFileSync(join(folder, 'till.json'), '{"institution": {"kind": "hospital"}}')
    expect(beginPharmacy(folder, 'fixtures')).toEqual({ ok: false, error: `--pharmacy: ${folder} is the data of another institution; name a folder of its own with --data` })
  })
})
