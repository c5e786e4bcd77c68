import { describe, expect, it } from 'vitest'
import type { BuiltFiles } from '../../page/built-files.ts'
import { fileOf } from './app-file.ts'

const FILES: BuiltFiles = new Map([
  ['/index.html', { file: '/built/index.html', contentType: 'text/html' }],
  ['/assets/app.js', { file: '/built/assets/app.js', contentType: 'text/javascript' }]
])

const found = (url: string, method = 'GET'): string | undefined => fileOf(FILES, { method, url })?.file

describe('the app’s own scheme', () => {
  it.each([
    ['caresettle://app/', '/built/index.html'],
    ['caresettle://app/#settle', '/built/index.html'],
    ['caresettle://app/index.html', '/built/index.html'],
    ['caresettle://app/assets/app.js', '/built/assets/app.js']
  ])('serves %s', (url, file) => {
    expect(found(url)).toBe(file)
  })

  it.each([
    'caresettle://app',
    'caresettle://app/..',
    'caresettle://app/../../etc/passwd',
    'caresettle://app/assets/../../../etc/passwd',
    'caresettle://app/%2e%2e/%2e%2e/etc/passwd',
    'caresettle://app/..%2f..%2fetc%2fpasswd',
    'caresettle://app/assets%2fapp.js',
    'caresettle://app/assets/app%2ejs',
    'caresettle://app/assets/app.js%00.png',
    'caresettle://app/assets\\..\\..\\x',
    'caresettle://app//etc/passwd',
    'caresettle://app/C:/Windows/win.ini',
    'caresettle://app/assets/app.js?x=1',
    'caresettle://app/assets/',
    'caresettle://app/package.json',
    'caresettle://app.evil/index.html',
    'caresettle://app@evil/index.html',
    'caresettle://evil/index.html',
    'https://app/index.html',
    'file:///built/index.html'
  ])('does not serve %s', (url) => {
    expect(found(url)).toBeUndefined()
  })

  it.each(['POST', 'HEAD', 'PUT', 'DELETE'])('serves nothing to %s', (method) => {
    expect(found('caresettle://app/', method)).toBeUndefined()
  })
})
