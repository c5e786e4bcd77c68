// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { Amount, grouped, writtenOut } from './amount.tsx'

afterEach(cleanup)

describe('an amount', () => {
  it.each([
    ['0.00', '0.00'],
    ['128.50', '128.50'],
    ['1234.50', '1,234.50'],
    ['-1234567.05', '\u22121,234,567.05'],
    ['9007199254740993.01', '9,007,199,254,740,993.01'],
    ['0.125', '0.125'],
    ['no amount', 'no amount']
  ])('%s is shown as %s, to the last digit', (amount, shown) => {
    expect(grouped(amount)).toBe(shown)
  })

  it.each([
    ['9000', '9000.00'],
    ['9000.5', '9000.50'],
    ['0.05', '0.05'],
    ['1.', '1.00'],
    ['1.234', '1.234'],
    ['', '']
  ])('typed as "%s" is written out as "%s"', (typed, written) => {
    expect(writtenOut(typed)).toBe(written)
  })

  it('carries its mark and its sign when asked to', () => {
    expect(render(<Amount of="78.63" mark signed />).container.textContent).toBe('\u00a5+78.63')
  })

  it('that is not known is a dash', () => {
    expect(render(<Amount of={null} />).container.textContent).toBe('\u2014')
  })
})
