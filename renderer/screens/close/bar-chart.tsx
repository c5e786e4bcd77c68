/**
 * Bars, drawn by echarts as SVG in the colours of the theme; only what bars need of it is in the program. It draws still and
 * says nothing to a screen reader, which has the table. Colours are read once: another theme is another chart. Heights come from numbers, labels are the host's own text.
 */

import { BarChart as Bars } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Yuan } from '../../../electron/contract/text.ts'

echarts.use([Bars, GridComponent, SVGRenderer])

export interface Bar {
  readonly key: string
  readonly name: string
  /** Length of the bar. */
  readonly value: number
  /** What stands beside it. */
  readonly label: string
  readonly amount: Yuan
}

interface BarChartProps {
  readonly bars: readonly Bar[]
  /** Bars that stand, side by side; else they lie, one below the other. */
  readonly upright: boolean
}

export function BarChart({ bars, upright }: BarChartProps): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = box.current
    if (place === null) return undefined
    const chart = echarts.init(place, null, { renderer: 'svg' })
    chart.setOption(optionOf(bars, upright, coloursOf(place)))
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(place)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [bars, upright])
  return <div ref={box} className="chart__drawing" aria-hidden="true" data-rows={bars.length} />
}

interface Colours {
  readonly bar: string
  readonly text: string
  readonly line: string
  readonly type: string
}

function coloursOf(place: HTMLElement): Colours {
  const style = getComputedStyle(place)
  const of = (name: string): string => style.getPropertyValue(name).trim()
  return { bar: of('--accent'), text: of('--text-2'), line: of('--line'), type: style.fontFamily }
}

const FONT_PX = 12

function optionOf(bars: readonly Bar[], upright: boolean, { bar, text, line, type }: Colours): echarts.EChartsCoreOption {
  const names = {
    type: 'category',
    data: bars.map(({ name }) => name),
    inverse: !upright,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color: text, fontFamily: type, fontSize: FONT_PX, ...(upright ? {} : { width: 110, overflow: 'truncate' }) }
  }
  const values = { type: 'value', minInterval: 1, axisLabel: { show: false }, splitLine: { show: false } }
  return {
    animation: false,
    grid: { left: 4, right: upright ? 4 : 76, top: upright ? 22 : 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: upright ? names : values,
    yAxis: upright ? values : names,
    series: [
      {
        type: 'bar',
        silent: true,
        barMaxWidth: 22,
        itemStyle: { color: bar, borderRadius: 2 },
        label: {
          show: true,
          position: upright ? 'top' : 'right',
          color: text,
          fontFamily: type,
          fontSize: FONT_PX,
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => bars[dataIndex]?.label ?? ''
        },
        data: bars.map(({ value }) => value)
      }
    ]
  }
}
