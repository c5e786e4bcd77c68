import { describe, expect, it } from 'vitest'
import { describeJsonProblem, parseJson } from './json-text.ts'

const said = (text: string): readonly string[] => {
  const read = parseJson(text)
  return read.ok ? [] : read.error.map(describeJsonProblem)
}

describe('JSON from outside', () => {
  it('is read as it stands', () => {
    expect(parseJson(' {"a": [1, {"b": "x,y:{"}, null], "c\\"d": {"a": 2}, "e": ""} ')).toEqual({
      ok: true,
      value: { a: [1, { b: 'x,y:{' }, null], 'c"d': { a: 2 }, e: '' }
    })
    expect([parseJson('"a"'), parseJson('[]'), parseJson('7')]).toEqual([{ ok: true, value: 'a' }, { ok: true, value: [] }, { ok: true, value: 7 }])
  })

  it('names a field that stands twice in one object, with its path', () => {
    expect(said('{"bands": [{"pays": 1}, {"limit": {"of": 1, "rows": [], "of" : 2}}], "bands": []}')).toEqual([
      'has bands[1].limit.of twice: a field must stand once in its object, or one of the two would be lost',
      'has bands twice: a field must stand once in its object, or one of the two would be lost'
    ])
  })

  it('sees through escapes', () => {
    expect(said('{"bands": 1, "b\\u0061nds": 2}')).toHaveLength(1)
    expect(said('{"x": {"__proto\\u005f_": {}}}')).toEqual(['has the field x.__proto__, which is not allowed'])
  })

  it('lets one name stand in two objects, and as a value beside itself', () => {
    expect(said('[{"a": "a"}, {"a": ["a", "a"]}]')).toEqual([])
  })

  it('says where what is no JSON breaks off', () => {
    expect(said('{"a": ')[0]).toMatch(/^is not JSON: Unexpected end/)
  })

  it('is bounded in depth, however deep it is', () => {
    expect(said(`${'['.repeat(64)}${']'.repeat(64)}`)).toEqual([])
    expect(said(`{"a": ${'['.repeat(64)}${']'.repeat(64)}}`)).toEqual([`is nested too deeply at a${'[0]'.repeat(19)}[0...: at most 64 levels are read`])
    expect(said(`${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`)).toHaveLength(1)
  })
})
