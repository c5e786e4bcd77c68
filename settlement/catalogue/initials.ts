/** The initials of a name's pinyin, as typists of hospitals are used to: 阿莫西林胶囊 is AMXLJN. */

export type InitialsOf = (name: string) => string

/** The dictionary is large, and not everybody who reads a catalogue searches in it. */
export async function initialsDictionary(): Promise<InitialsOf> {
  const { pinyin } = await import('pinyin-pro')
  return (name) =>
    pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
      .join('')
      .replace(/[^0-9a-z]/gi, '')
      .toUpperCase()
}
