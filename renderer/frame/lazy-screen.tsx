/** A screen that is loaded when it is first opened, together with antd, in one go. */

import { lazy, type ComponentType } from 'react'

export function lazyScreen<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return lazy(async () => {
    const [Screen, { AntdScope }] = await Promise.all([load(), import('../theme/antd-scope.tsx')])
    return {
      default: (props: Props) => (
        <AntdScope>
          <Screen {...props} />
        </AntdScope>
      )
    }
  })
}
