import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetTerminalKey, makeTerminalKey, readTerminalKey, type TerminalKey } from './terminal-key.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'terminal-key-'))
  path = join(folder, 'terminal-key.pem')
})
afterEach(() => rmSync(folder, { recursive: true }))

function made(): TerminalKey {
  const key = makeTerminalKey(path)
  if (!key.ok) throw new Error(key.error.problem)
  return key.value
}

describe("a terminal's key", () => {
  it('knows what it has signed itself', () => {
    const key = made()
    const signature = key.sign('batch 7')
    forgetTerminalKey(path)
    expect([key.hasSigned('batch 7', signature), key.hasSigned('batch 8', signature), made().hasSigned('batch 7', signature), key.hasSigned('batch 7', 'x')]).toEqual([true, false, false, false])
  })

  it('is made once, readable by the till alone, and the same after a restart', () => {
    const key = made()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(made().publicKey).toBe(key.publicKey)
    const read = readTerminalKey(path)
    expect(read.ok && read.value.publicKey).toBe(key.publicKey)
  })

  it('signs what its public half proves', () => {
    const key = made()
    const publicKey = createPublicKey({ key: Buffer.from(key.publicKey, 'base64'), format: 'der', type: 'spki' })
    const signature = Buffer.from(key.sign('caresettle-1\nGET'), 'base64')
    expect(signature).toHaveLength(64)
    expect(verify(null, Buffer.from('caresettle-1\nGET'), publicKey, signature)).toBe(true)
    expect(verify(null, Buffer.from('caresettle-1\nPOST'), publicKey, signature)).toBe(false)
  })

  it('shows itself to nobody who prints or stores it', () => {
    const key = made()
    const secret = readFileSync(path, 'utf8').split('\n')[1] ?? ''
    expect(secret.length).toBeGreaterThan(40)
    expect(`${JSON.stringify({ key })} ${inspect(key)}`).not.toContain(secret.slice(0, 20))
    expect(JSON.stringify({ key })).toBe('{"key":"terminal key"}')
  })

  it.each([
    ['not there', () => {}, 'it is not there'],
    ['a text', () => writeFileSync(path, 'hello'), 'cannot be read'],
    ['of another kind', () => writeFileSync(path, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })), 'of another kind'],
    ['a huge file', () => writeFileSync(path, 'x'.repeat(5_000)), 'it is no key']
  ])('is refused when it is %s, without a word of what the file holds', (_, prepare, problem) => {
    prepare()
    const read = readTerminalKey(path)
    expect(read).toMatchObject({ ok: false, error: { kind: 'terminal-key', path } })
    expect(read.ok ? '' : read.error.problem).toContain(problem)
    expect(JSON.stringify(read)).not.toContain('hello')
  })

  it('is forgotten when it was wasted', () => {
    const before = made().publicKey
    forgetTerminalKey(path)
    expect(existsSync(path)).toBe(false)
    expect(made().publicKey).not.toBe(before)
    chmodSync(path, 0o600)
  })
})
