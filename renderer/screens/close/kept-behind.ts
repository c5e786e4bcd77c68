import { kept } from '../../stores/kept.ts'

/** What is typed before a day is signed is not the next one's: kept behind one newest close, and `first` again behind another. */
export function keptBehind<Value>(first: Value): (newestClose: number) => readonly [Value, (value: Value) => void, () => Value] {
  const useKept = kept<{ readonly behind: number; readonly value: Value }>({ behind: 0, value: first })
  return (newestClose) => {
    const [, keep, keptByNow] = useKept()
    const byNow = (): Value => {
      const { behind, value } = keptByNow()
      return behind === newestClose ? value : first
    }
    return [byNow(), (value) => keep({ behind: newestClose, value }), byNow]
  }
}
