import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BACKGROUND } from './background.ts'

describe('the ground of the window', () => {
  it('is the ground of its page, light and dark', () => {
    const tokens = readFileSync(join(import.meta.dirname, '..', '..', 'renderer', 'style', 'tokens.css'), 'utf8')
    expect([...tokens.matchAll(/--ground: (#\w+);/g)].map(([, colour]) => colour)).toEqual([BACKGROUND.light, BACKGROUND.dark])
  })
})
