/** What is typed of the drawer: kept as it was typed until the host has counted it. */

import type { CloseView, DrawerView } from '../../../electron/contract/close-view.ts'
import { writtenOut } from '../../components/amount.tsx'
import { keptBehind } from './kept-behind.ts'

interface Amounts {
  readonly float: string
  readonly counted: string
}

const useTyped = keptBehind<Amounts | null>(null)

export interface TypedDrawer {
  readonly amounts: Amounts
  readonly type: (part: Partial<Amounts>) => void
  /** The host has counted `asked`: what was typed meanwhile waits for the next count. */
  readonly wasCounted: (asked: Amounts) => void
  /** Something else is typed than what was counted: a day that is signed now would not have it. */
  readonly isOther: boolean
}

export function useTypedDrawer(drawer: DrawerView, newestClose: number): TypedDrawer {
  const [typed, setTyped, typedByNow] = useTyped(newestClose)
  const told: Amounts = { float: drawer.float ?? '', counted: drawer.counted ?? '' }
  const amounts = typed ?? told
  return {
    amounts,
    type: (part) => setTyped({ ...amounts, ...part }),
    wasCounted: (asked) => {
      const now = typedByNow()
      if (now !== null && isSame(now, asked)) setTyped(null)
    },
    isOther: !isSame(amounts, told)
  }
}

export const newestCloseOf = ({ closes }: Pick<CloseView, 'closes'>): number => closes[0]?.sequence ?? 0

/** Leaving a field writes its amount out. */
const isSame = (one: Amounts, other: Amounts): boolean => writtenOut(one.float) === writtenOut(other.float) && writtenOut(one.counted) === writtenOut(other.counted)
