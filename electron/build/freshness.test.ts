import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sourcesNow } from './freshness.ts'

let root: string
const write = (path: string, text: string): void => writeFileSync(join(root, path), text)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'caresettle-fresh-'))
  mkdirSync(join(root, 'electron', 'main'), { recursive: true })
  mkdirSync(join(root, 'test'))
  write('electron/main/main.ts', 'one')
})
afterEach(() => rmSync(root, { recursive: true }))

describe('a build', () => {
  it('is fresh as long as no source changed', () => {
    expect(sourcesNow(root)).toBe(sourcesNow(root))
  })

  it.each<[string, () => void]>([
    ['a source grew', () => write('electron/main/main.ts', 'longer')],
    ['a source was written again', () => utimesSync(join(root, 'electron/main/main.ts'), 1, 1)],
    ['a source came', () => write('electron/main/other.ts', '')],
    ['a source went', () => rmSync(join(root, 'electron/main/main.ts'))],
    ['a package changed', () => write('package-lock.json', '{}')]
  ])('is not when %s', (_, change) => {
    const before = sourcesNow(root)
    change()
    expect(sourcesNow(root)).not.toBe(before)
  })

  it('takes no notice of tests', () => {
    const before = sourcesNow(root)
    write('electron/main/main.test.ts', 'test')
    write('test/anything.ts', 'test')
    expect(sourcesNow(root)).toBe(before)
  })
})
