import { expect, test } from 'vitest'
import { centreLog, type LogLevel } from './log.ts'

function lines(level: LogLevel, write: (log: ReturnType<typeof centreLog>) => void): unknown[] {
  const written: string[] = []
  write(centreLog(level, { write: (line) => void written.push(line) }))
  return written.map((line): unknown => JSON.parse(line))
}

test('a line says when, how grave and what, and strikes out what could name a person', () => {
  const [line] = lines('info', (log) => log.info({ terminal: 'H99999900001-01', certno: '000000199001010018', person: { psn_name: '测试一' }, authorization: 'CareSettle x' }, 'request'))
  expect(line).toMatchObject({ level: 30, msg: 'request', terminal: 'H99999900001-01', certno: '...', person: { psn_name: '...' }, authorization: '...' })
})

test('what is less grave than was asked for is not written', () => {
  const log = (level: LogLevel) => lines(level, (each) => {
    each.info({}, 'a')
    each.warn({}, 'b')
    each.error({}, 'c')
  }).length
  expect([log('info'), log('warn'), log('error'), log('silent')]).toEqual([3, 2, 1, 0])
})
