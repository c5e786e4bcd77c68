import { describe, expect, it } from 'vitest'
import { PinBuffer } from './pin-buffer.ts'

const typed = (keys: string): PinBuffer => {
  const buffer = new PinBuffer()
  for (const key of keys) buffer.push(key)
  return buffer
}

describe('the digits of a PIN', () => {
  it('are handed over once and then gone', () => {
    const buffer = typed('246810')
    expect(buffer.take()).toBe('246810')
    expect([buffer.length, buffer.take()]).toEqual([0, ''])
  })

  it('take no letter and no thirteenth digit', () => {
    expect(typed('12a4').take()).toBe('124')
    expect(typed('1234567890123').take()).toBe('123456789012')
  })

  it('go one by one backwards', () => {
    const buffer = typed('2468')
    buffer.pop()
    expect(buffer.take()).toBe('246')
  })

  it('are equal only to the same digits in the same number', () => {
    expect(typed('246810').equals(typed('246810'))).toBe(true)
    expect(typed('246810').equals(typed('246811'))).toBe(false)
    expect(typed('1230').equals(typed('123'))).toBe(false)
  })

  it('are in nothing that prints or serialises the buffer', () => {
    const buffer = typed('246810')
    expect(`${JSON.stringify(buffer)}${Object.keys(buffer).join()}${Object.prototype.toString.call(buffer)}`).not.toMatch(/\d/)
  })
})
