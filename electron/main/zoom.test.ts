import { describe, expect, it } from 'vitest'
import { zoomedLevel, zoomOf, type ZoomKey } from './zoom.ts'

const press = (key: string, held: Partial<ZoomKey> = { control: true }): ZoomKey => ({ type: 'keyDown', key, control: false, meta: false, alt: false, ...held })

describe('zoom', () => {
  it.each([
    ['+', 'in'],
    ['=', 'in'],
    ['-', 'out'],
    ['_', 'out'],
    ['0', 'reset']
  ])('by Control and %s goes %s', (key, zoom) => {
    expect(zoomOf(press(key))).toBe(zoom)
    expect(zoomOf(press(key, { meta: true }))).toBe(zoom)
  })

  it('is no other key, and none that is released or pressed alone', () => {
    expect(zoomOf(press('1'))).toBeUndefined()
    expect(zoomOf(press('+', {}))).toBeUndefined()
    expect(zoomOf(press('+', { control: true, alt: true }))).toBeUndefined()
    expect(zoomOf({ ...press('+'), type: 'keyUp' })).toBeUndefined()
  })

  it('reaches 200 % and ends at 300 %: a level is a factor of 1.2', () => {
    let level = 0
    for (let times = 0; times < 8; times += 1) level = zoomedLevel(level, 'in')
    expect(1.2 ** level).toBeGreaterThan(2)
    for (let times = 0; times < 20; times += 1) level = zoomedLevel(level, 'in')
    expect(level).toBe(6)
    for (let times = 0; times < 40; times += 1) level = zoomedLevel(level, 'out')
    expect(level).toBe(-4)
    expect(zoomedLevel(level, 'reset')).toBe(0)
  })
})
