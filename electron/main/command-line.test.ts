import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataFolderIn } from './command-line.ts'

describe('the data folder', () => {
  it('is the one that the command line names, the last one if there are several', () => {
    expect(dataFolderIn(['electron', '.', '--data=/till'])).toBe('/till')
    expect(dataFolderIn(['electron', '--data=/one', '--no-sandbox', '--data=/two'])).toBe('/two')
    expect(dataFolderIn(['electron', '--data=till'])).toBe(resolve('till'))
  })

  it('is the operating system’s place where none is named', () => {
    expect(dataFolderIn(['electron', '.'])).toBeUndefined()
    expect(dataFolderIn(['electron', '--data='])).toBeUndefined()
    expect(dataFolderIn(['electron', '--database=/x'])).toBeUndefined()
  })
})
