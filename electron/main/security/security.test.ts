/** The rules of the window against what a hostile page or link would try. */

import { describe, expect, it } from 'vitest'
import { asksForState } from './asks-for-state.ts'
import { mayNavigate } from './navigation.ts'
import { APP_URL, isOf } from './origin.ts'
import { mayFetch } from './outside-requests.ts'
import { mayCall } from './sender.ts'

const DEV_SERVER = 'http://127.0.0.1:5173/'

const HOSTILE = [
  'https://evil.example/',
  'http://app/',
  '//evil',
  '/index.html',
  '',
  'about:blank',
  'about:srcdoc',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:caresettle://app/0e7d1f9e-0000-4000-8000-000000000000',
  'file:///etc/passwd',
  'file:///caresettle://app/',
  'filesystem:caresettle://app/temporary/x',
  'view-source:caresettle://app/',
  'chrome://settings',
  'devtools://devtools/bundled/inspector.html',
  'mailto:cashier@evil.example',
  'caresettle:',
  'caresettle:app/',
  'caresettle:/app/',
  'caresettle://',
  'caresettle:///app/',
  'caresettle://app.evil/',
  'caresettle://app.evil.example/',
  'caresettle://evil/app',
  'caresettle://evil/?next=caresettle://app/',
  'caresettle://evil/#caresettle://app/',
  'caresettle://app@evil/',
  'caresettle://app:secret@evil/',
  'caresettle://user@app/',
  'caresettle://user:secret@app/',
  'caresettle://app:8080/',
  'caresettle://app%2eevil/',
  'caresettle://APP.evil/',
  'caresettle://xn--pp-eja/',
  'caresettle-evil://app/',
  'xcaresettle://app/',
  'https://caresettle//app/'
]

describe('the own origin', () => {
  it.each(['caresettle://app', 'caresettle://app/', 'caresettle://app/index.html', 'caresettle://app/?a=b#c', 'caresettle://app/https://evil.example/'])(
    '%s is it',
    (url) => {
      expect(isOf(APP_URL, url)).toBe(true)
    }
  )

  it.each(HOSTILE)('%j is not', (url) => {
    expect(isOf(APP_URL, url)).toBe(false)
  })

  it.each(['http://127.0.0.1:5174/', 'https://127.0.0.1:5173/', 'http://localhost:5173/', 'http://127.0.0.1:5173@evil/', 'http://127.0.0.1:5173.evil/', APP_URL])(
    'in development %s is not it either',
    (url) => {
      expect(isOf(DEV_SERVER, 'http://127.0.0.1:5173/main.ts')).toBe(true)
      expect(isOf(DEV_SERVER, url)).toBe(false)
    }
  )
})

describe('navigation', () => {
  it.each(HOSTILE)('to %j is refused', (url) => {
    expect(mayNavigate(APP_URL, { url, isMainFrame: true })).toBe(false)
  })

  it('back to the own page is a reload', () => {
    expect(mayNavigate(APP_URL, { url: 'caresettle://app/', isMainFrame: true })).toBe(true)
  })

  it('to a file of the own page that is no page is refused', () => {
    expect(mayNavigate(APP_URL, { url: 'caresettle://app/assets/app.js', isMainFrame: true })).toBe(false)
  })

  it('of a frame inside the page is refused even to the own page', () => {
    expect(mayNavigate(APP_URL, { url: 'caresettle://app/', isMainFrame: false })).toBe(false)
  })
})

describe('who may call', () => {
  const page = { url: 'caresettle://app/', isMainFrame: true, isOwnWindow: true }

  it('the page of the window may', () => {
    expect(mayCall(APP_URL, page)).toBe(true)
  })

  it('a frame inside it may not, though it has the same address', () => {
    expect(mayCall(APP_URL, { ...page, isMainFrame: false })).toBe(false)
  })

  it('another window may not', () => {
    expect(mayCall(APP_URL, { ...page, isOwnWindow: false })).toBe(false)
  })

  it('a frame that is gone already may not', () => {
    expect(mayCall(APP_URL, undefined)).toBe(false)
  })

  it.each(HOSTILE)('a page at %j may not', (url) => {
    expect(mayCall(APP_URL, { ...page, url })).toBe(false)
  })
})

describe('the question for the state', () => {
  it('passes without schemas when it hands in nothing', () => {
    expect(asksForState('terminal.state', {})).toBe(true)
  })

  it.each<[unknown, unknown]>([
    ['terminal.state', { presence: 1 }],
    ['terminal.state', []],
    ['terminal.state', null],
    ['terminal.state', 'text'],
    ['card.read', {}],
    ['settle', {}],
    [['terminal.state'], {}]
  ])('%j with %j is none', (name, params) => {
    expect(asksForState(name, params)).toBe(false)
  })
})

describe('what is fetched', () => {
  it.each([
    'https://redirector.gvt1.com/edgedl/chromewebstore/',
    'http://127.0.0.1:5173/',
    'ws://127.0.0.1:5173/',
    'wss://evil.example/',
    'ftp://evil.example/x',
    'file:///etc/passwd'
  ])('%s is not', (url) => {
    expect(mayFetch(APP_URL, url)).toBe(false)
  })

  it('in development is what comes from the server of the page, nothing else', () => {
    expect(mayFetch(DEV_SERVER, 'http://127.0.0.1:5173/main.ts')).toBe(true)
    expect(mayFetch(DEV_SERVER, 'ws://127.0.0.1:5173/?token=x')).toBe(true)
    expect(mayFetch(DEV_SERVER, 'ws://127.0.0.1:1/')).toBe(false)
    expect(mayFetch(DEV_SERVER, 'https://evil.example/')).toBe(false)
  })
})
