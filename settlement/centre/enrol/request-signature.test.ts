import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { milliseconds } from '../../calendar/clock-tolerance.ts'
import { isNear, isSignedBy, parseSignedHeader } from './request-signature.ts'

// RFC 8032, 7.1, test 1: secret key, public key.
const SECRET = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
const PUBLIC = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
const PKCS8 = '302e020100300506032b657004220420'
const SPKI = '302a300506032b6570032100'

const privateKey = createPrivateKey({ key: Buffer.from(PKCS8 + SECRET, 'hex'), format: 'der', type: 'pkcs8' })
const publicKey = Buffer.from(SPKI + PUBLIC, 'hex').toString('base64')

// SHA-256 of nothing.
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const TEXT = `caresettle-1\nGET\n/v1/totals?from=2026-11-26\nH99999900001-01\n20261126101500\n${EMPTY}`

const request = {
  method: 'GET',
  path: '/v1/totals?from=2026-11-26',
  terminal: 'H99999900001-01',
  time: '20261126101500',
  digest: EMPTY,
  signature: sign(null, Buffer.from(TEXT), privateKey).toString('base64')
}

test('the signature is over method, path with query, terminal, time and the digest of the body', () => {
  expect(createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }).asymmetricKeyType).toBe('ed25519')
  expect(isSignedBy(publicKey, request)).toBe(true)
})

test.each([
  ['another method', { method: 'POST' }],
  ['another query', { path: '/v1/totals?from=2026-11-25' }],
  ['another terminal', { terminal: 'H99999900001-02' }],
  ['another second', { time: '20261126101501' }],
  ['one bit of the body', { digest: EMPTY.replace('e3', 'e2') }],
  ['another signature', { signature: Buffer.alloc(64).toString('base64') }]
])('%s makes it wrong', (_, changes) => {
  expect(isSignedBy(publicKey, { ...request, ...changes })).toBe(false)
})

test('the header is read as it is written and in no other way', () => {
  const header = `CareSettle terminal="H99999900001-01", time="20261126101500", signature="${request.signature}"`
  expect(parseSignedHeader(header)).toEqual({ terminal: request.terminal, time: request.time, signature: request.signature })
  const wrong = [undefined, '', 'Bearer x', header.replace('-01', '-1'), header.replace('1500"', '150"'), header.replace('==', ''), `${header}, x="y"`, header.toLowerCase()]
  expect(wrong.map(parseSignedHeader)).toEqual(wrong.map(() => undefined))
})

test('half an hour before or after is near, a second more is not, nor is what is no time', () => {
  const centre = '20270101001500'
  const near = ['20261231234500', '20261231234459', '20270101004500', '20270101004501', '20271301001500', '2027010100150']
  expect(near.map((time) => isNear(time, centre))).toEqual([true, false, true, false, false, false])
  expect(milliseconds('19700101000001')).toBe(1000)
})
