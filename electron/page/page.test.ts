import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtFile, builtFiles } from './built-files.ts'
import { contentSecurityPolicy, freshNonce } from './content-security-policy.ts'
import { withNonce } from './nonce-page.ts'

describe('the policy of the page', () => {
  it('is exactly this', () => {
    expect(contentSecurityPolicy('N')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-N'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
  })

  it('allows nothing unsafe, no foreign scheme and no wildcard', () => {
    const policy = contentSecurityPolicy(freshNonce())
    expect(policy).not.toMatch(/unsafe|https?:|wss?:|blob:|\*/)
    expect(policy.match(/data:/g)).toEqual(['data:'])
  })

  it('has a nonce of 144 bits, another one each time', () => {
    expect(freshNonce()).toMatch(/^[A-Za-z0-9+/]{24}$/)
    expect(new Set(Array.from({ length: 100 }, freshNonce)).size).toBe(100)
  })
})

describe('the page', () => {
  it('is told its nonce', () => {
    expect(withNonce('<meta name="csp-nonce" content="__NONCE__" />', 'a+/$&')).toBe('<meta name="csp-nonce" content="a+/$&" />')
  })

  it('without a place for it is a fault of the build', () => {
    expect(() => withNonce('<p>', 'N')).toThrow('no place for its nonce')
  })
})

describe('the built files', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'caresettle-page-'))
    mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
    for (const name of ['index.html', 'assets/app.js', 'assets/app.js.map', 'assets/style.css', 'assets/notes.txt']) writeFileSync(join(folder, 'page', name), '')
    writeFileSync(join(folder, 'outside.js'), '')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are those of a page: no maps, no notes', () => {
    expect([...builtFiles(join(folder, 'page')).keys()].toSorted()).toEqual(['/assets/app.js', '/assets/style.css', '/index.html'])
  })

  it('are found by their one exact path', () => {
    const files = builtFiles(join(folder, 'page'))
    expect(builtFile(files, '/')?.file).toBe(join(folder, 'page', 'index.html'))
    expect(builtFile(files, '/assets/app.js')).toEqual({ file: join(folder, 'page', 'assets', 'app.js'), contentType: 'text/javascript; charset=utf-8' })
  })

  it.each([
    '',
    'index.html',
    '/assets',
    '/assets/',
    '/../outside.js',
    '/assets/../../outside.js',
    '/assets/..%2f..%2foutside.js',
    '/%2e%2e/outside.js',
    '/assets\\app.js',
    '/ASSETS/app.js',
    '/assets/app.js?x',
    '/assets/app.js/',
    '//assets/app.js',
    '/assets/app%2ejs',
    '/assets/app.js\0',
    '/__proto__',
    '/constructor'
  ])('do not have %j', (path) => {
    expect(builtFile(builtFiles(join(folder, 'page')), path)).toBeUndefined()
  })
})
