import { describe, expect, it } from 'vitest'
import { reasonIn } from './output-tail.ts'

describe('the last words of a host', () => {
  it('are its error message, not the frames and the version below it', () => {
    const trace = [
      'file:///app/host.js:3',
      "    throw new BrokenInvariant('posting does not sum to zero')",
      '',
      'BrokenInvariant: posting does not sum to zero',
      '    at settle (file:///app/host.js:3:11)',
      '',
      'Node.js v24.21.0',
      ''
    ].join('\n')
    expect(reasonIn(trace)).toBe('BrokenInvariant: posting does not sum to zero')
  })

  it('are the last line where nothing looks like an error', () => {
    expect(reasonIn('caresettle: the data folder is read-only\n')).toBe('caresettle: the data folder is read-only')
  })

  it('are cut at 300 characters', () => {
    expect(reasonIn('x'.repeat(1000))).toHaveLength(300)
  })

  it('are none where nothing was said', () => {
    expect(reasonIn('\n \n')).toBeUndefined()
  })
})
