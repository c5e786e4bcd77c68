import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const sheet = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

function tokens(selector: string): ReadonlyMap<string, string> {
  const body = sheet.slice(sheet.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return new Map([...body.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]))
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(left: string, right: string): number {
  const [light = 0, dark = 0] = [luminance(left), luminance(right)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** Text on its ground: 4.5. */
const TEXT = [
  ...['--text', '--text-2', '--text-3', '--bad', '--accent'].flatMap((text) => ['--surface', '--raised', '--ground'].map((ground) => [text, ground] as const)),
  ...['--text', '--text-2', '--text-3', '--accent'].map((text) => [text, '--accent-soft'] as const),
  ...['--text', '--text-2'].flatMap((text) => ['--good-soft', '--warn-soft', '--bad-soft'].map((ground) => [text, ground] as const)),
  ['--good', '--good-soft'],
  ['--good', '--surface'],
  ['--good', '--raised'],
  ['--warn', '--warn-soft'],
  ['--warn', '--surface'],
  ['--bad', '--bad-soft'],
  ['--class-c', '--class-c-soft'],
  ['--on-accent', '--accent'],
  ['--on-accent', '--accent-strong']
] as const

/** Edges of what can be used, and the focus: 3. */
const EDGES = [
  ['--line-strong', '--surface'],
  ['--line-strong', '--raised'],
  ['--focus', '--surface'],
  ['--focus', '--ground'],
  ['--focus', '--accent-soft'],
  ['--accent', '--surface']
] as const

describe.each([':root', ':root[data-theme="dark"]'])('colours of %s', (selector) => {
  const known = tokens(selector)
  const of = ([front, ground]: readonly [string, string]): number => contrast(known.get(front) ?? '#000000', known.get(ground) ?? '#000000')

  it.each(TEXT)('%s can be read on %s', (front, ground) => {
    expect(of([front, ground])).toBeGreaterThanOrEqual(4.5)
  })

  it.each(EDGES)('%s can be seen on %s', (front, ground) => {
    expect(of([front, ground])).toBeGreaterThanOrEqual(3)
  })
})

describe('the measure itself', () => {
  it('is that of the guideline', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })
})
