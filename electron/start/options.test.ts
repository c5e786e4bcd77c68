import { describe, expect, it } from 'vitest'
import { fetchedFrom, missingScreen } from './find-electron.ts'
import { parseOptions, type Surroundings } from './options.ts'
import { firstComplaint } from './run-electron.ts'

const LINUX: Surroundings = { platform: 'linux', environment: {}, home: '/home/test' }

const parsed = (args: readonly string[], around: Surroundings = LINUX) => {
  const options = parseOptions(args, around)
  if (!options.ok) throw new Error(options.error)
  return options.value
}
const refusal = (...args: string[]): string => {
  const options = parseOptions(args, LINUX)
  return options.ok ? 'accepted' : options.error
}

describe('npm start', () => {
  it('without words opens a window on the data of this person', () => {
    expect(parsed([])).toEqual({
      data: '/home/test/.local/share/caresettle',
      pharmacy: false,
      reader: undefined,
      door: false,
      address: '127.0.0.1',
      port: 0,
      openBrowser: true,
      electronArgs: []
    })
  })

  it('keeps data where the operating system keeps it', () => {
    expect(parsed([], { ...LINUX, environment: { XDG_DATA_HOME: '/data' } }).data).toBe('/data/caresettle')
    expect(parsed([], { platform: 'darwin', environment: {}, home: '/Users/test' }).data).toBe('/Users/test/Library/Application Support/CareSettle')
  })

  it('keeps data where it is told: by --data before CARESETTLE_DATA', () => {
    const around = { ...LINUX, environment: { CARESETTLE_DATA: '/from/environment' } }
    expect(parsed([], around).data).toBe('/from/environment')
    expect(parsed(['--data', '/from/option'], around).data).toBe('/from/option')
    expect(parsed(['--data=/from/option'], around).data).toBe('/from/option')
  })

  it('opens the pharmacy on data of its own', () => {
    expect(parsed(['--pharmacy'])).toMatchObject({ pharmacy: true, data: '/home/test/.local/share/caresettle-pharmacy' })
    expect(parsed(['--pharmacy', '--data', '/d'])).toMatchObject({ pharmacy: true, data: '/d' })
  })

  it('opens the door when somebody says where it is to stand', () => {
    expect(parsed(['--port', '8080'])).toMatchObject({ door: true, port: 8080 })
    expect(parsed(['--listen', '::1'])).toMatchObject({ door: true, address: '::1' })
    expect(parsed(['--listen=localhost'])).toMatchObject({ door: true, address: '127.0.0.1' })
    expect(parsed(['--door', '--no-open'])).toMatchObject({ door: true, openBrowser: false })
  })

  it.each([
    ['simulated', { kind: 'simulated' }],
    ['pcsc', { kind: 'pcsc', psam: 'file' }],
    ['pcsc:ACS ACR39U', { kind: 'pcsc', card: 'ACS ACR39U', psam: 'file' }]
  ])('serves from the reader %s', (word, reader) => {
    expect(parsed(['--reader', word]).reader).toEqual(reader)
  })

  it.each([
    ['usb', "must be simulated, pcsc, or pcsc: and part of a reader's name"],
    ['', "must be simulated, pcsc, or pcsc: and part of a reader's name"],
    ['pcsc:', "must be part of a reader's name as the system lists it, 1 to 128 characters"]
  ])('refuses the reader %j', (word, rule) => {
    expect(refusal('--reader', word)).toBe(`--reader "${word}": ${rule}`)
  })

  it('hands what stands behind a second -- to Electron and looks at none of it', () => {
    expect(parsed(['--data', '/d', '--', '--no-sandbox', '--listen=0.0.0.0'])).toMatchObject({ door: false, electronArgs: ['--no-sandbox', '--listen=0.0.0.0'] })
  })

  it.each(['0.0.0.0', '::', '192.168.1.10', '10.0.0.1', '127.0.0.1.evil.example', 'till.local', '128.0.0.1', '127.1', '0x7f000001', '::ffff:192.168.1.10', ''])(
    'refuses to listen on %j',
    (address) => {
      expect(refusal('--listen', address)).toBe(`--listen "${address}": must be a loopback address such as 127.0.0.1: the door is for this machine only`)
    }
  )

  it.each(['-1', '65536', '80.5', 'http', ''])('refuses the port %j', (port) => {
    expect(refusal(`--port=${port}`)).toBe(`--port "${port}": must be a whole number from 0 to 65535`)
  })

  it('refuses words it does not know, in one line', () => {
    expect(refusal('--no-sandbox')).toBe("Unknown option '--no-sandbox'; allowed: --data FOLDER, --pharmacy, --reader simulated|pcsc|pcsc:NAME, --door, --port N, --listen ADDRESS, --no-open")
    expect(refusal('serve')).toContain("Unexpected argument 'serve'")
    expect(refusal('--data=')).toBe('--data "": must name a folder')
  })
})

describe('whether there can be a window', () => {
  it('on Linux a screen must be named', () => {
    expect(missingScreen('linux', {})).toBe('there is no screen (DISPLAY and WAYLAND_DISPLAY are empty)')
    expect(missingScreen('linux', { DISPLAY: '' })).toBe('there is no screen (DISPLAY and WAYLAND_DISPLAY are empty)')
    expect(missingScreen('linux', { DISPLAY: ':0' })).toBeUndefined()
    expect(missingScreen('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBeUndefined()
    expect(missingScreen('win32', {})).toBeUndefined()
  })

  it('what stands in the way is told without Chromium’s own prefix', () => {
    const output = '\n[4211:1126/174123.1:FATAL:electron_main_delegate.cc(294)] Running as root without --no-sandbox is not supported.\n'
    expect(firstComplaint(output)).toBe('Running as root without --no-sandbox is not supported.')
    expect(firstComplaint('electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file')).toBe(
      'electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file'
    )
    expect(firstComplaint('')).toBe('it gave no reason')
  })

  it('a mirror that npm knows is where Electron comes from', () => {
    expect(fetchedFrom({})).toBe('github.com')
    expect(fetchedFrom({ ELECTRON_MIRROR: 'https://npmmirror.com/mirrors/electron/' })).toBe('npmmirror.com')
    expect(fetchedFrom({ npm_config_electron_mirror: 'not an address' })).toBe('github.com')
  })
})
