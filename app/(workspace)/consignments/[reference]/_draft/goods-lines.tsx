'use client'
import { useTranslations } from 'next-intl'
import { type ClipboardEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { type DraftField, type DraftLine, EMPTY_LINE, isBlankLine } from '@/lib/core/custody/draft.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import './goods.css'
import { LineRow } from './line-row.tsx'
import { PasteTable } from './paste-table.tsx'

const HEADINGS = ['item', 'lot', 'expiry', 'quantity', 'unit', 'packSize', 'donor'] as const

/** The goods, typed line by line or pasted as a table. Enter adds a line, up and down move within a column. */
export function GoodsLines({
  lines,
  onLines,
  parties,
  most,
}: {
  lines: readonly DraftLine[]
  onLines: (lines: readonly DraftLine[]) => void
  parties: readonly NamedParty[]
  /** Lines that fit into a draft. */
  most: number
}) {
  const t = useTranslations()
  const shown = lines.length === 0 ? [EMPTY_LINE] : lines
  const list = useRef<HTMLOListElement>(null)
  const goTo = useRef<string>(undefined)
  const [pasted, setPasted] = useState<string>()
  const current = useRef({ lines: shown, onLines })
  useEffect(() => {
    current.current = { lines: shown, onLines }
    if (goTo.current === undefined) return
    list.current?.querySelector<HTMLElement>(`[data-cell="${goTo.current}"]`)?.focus()
    goTo.current = undefined
  })

  const onChange = useCallback((place: number, changes: Partial<DraftLine>) => {
    const { lines, onLines } = current.current
    onLines(lines.map((line, each) => (each === place ? { ...line, ...changes } : line)))
  }, [])
  const insert = useCallback(
    (after: number, line: DraftLine) => {
      const { lines, onLines } = current.current
      if (lines.length >= most) return
      goTo.current = `${after + 1}/item`
      onLines([...lines.slice(0, after + 1), line, ...lines.slice(after + 1)])
    },
    [most],
  )
  const addAfter = useCallback(
    (place: number) => {
      const above = current.current.lines[place] ?? EMPTY_LINE
      // A list is mostly of one kind: unit and donor go on from the line above.
      const { unit, donor, donorName, donorNamed } = above
      insert(place, { ...EMPTY_LINE, unit, donor, donorName, donorNamed })
    },
    [insert],
  )
  const onRemove = useCallback((place: number) => {
    const { lines, onLines } = current.current
    goTo.current = `${Math.max(0, Math.min(place, lines.length - 2))}/item`
    onLines(lines.filter((_, each) => each !== place))
  }, [])
  const onDuplicate = useCallback(
    (place: number) => insert(place, current.current.lines[place] ?? EMPTY_LINE),
    [insert],
  )
  const onKey = useCallback(
    (place: number, field: DraftField, event: KeyboardEvent<HTMLElement>) => {
      if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
      const isSelect = event.currentTarget instanceof HTMLSelectElement
      if (event.key === 'Enter' && !isSelect) {
        event.preventDefault()
        const next = current.current.lines[place + 1]
        if (next && isBlankLine(next)) focusCell(list.current, `${place + 1}/item`)
        else addAfter(place)
      }
      const step = isSelect ? 0 : event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (step === 0) return
      event.preventDefault()
      focusCell(list.current, `${place + step}/${field}`)
    },
    [addAfter],
  )
  const onPaste = (event: ClipboardEvent<HTMLElement>) => {
    const text = event.clipboardData.getData('text/plain')
    if (!text.includes('\t') && !/\S[\s\S]*\n[\s\S]*\S/.test(text)) return
    event.preventDefault()
    setPasted(text)
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="goods" onPaste={onPaste}>
        <div className="goods-row goods-head" aria-hidden="true">
          <span />
          {HEADINGS.map(field => (
            <span key={field}>{t(`draft.field.${field}`)}</span>
          ))}
          <span />
        </div>
        <ol ref={list} aria-label={t('draft.goodsTitle')}>
          {shown.map((line, place) => (
            <LineRow
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and every field is held by its owner
              key={place}
              place={place}
              line={line}
              parties={parties}
              onChange={onChange}
              onKey={onKey}
              onRemove={onRemove}
              onDuplicate={onDuplicate}
            />
          ))}
        </ol>
      </div>
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="btn"
          disabled={shown.length >= most}
          onClick={() => addAfter(shown.length - 1)}
        >
          {t('draft.add')}
        </button>
        {pasted === undefined && (
          <button type="button" className="btn" onClick={() => setPasted('')}>
            {t('draft.paste.open')}
          </button>
        )}
      </div>
      {pasted !== undefined && (
        <PasteTable
          text={pasted}
          parties={parties}
          room={most - shown.filter(line => !isBlankLine(line)).length}
          onAdd={added => {
            onLines([...shown.filter(line => !isBlankLine(line)), ...added])
            setPasted(undefined)
          }}
          onClose={() => setPasted(undefined)}
        />
      )}
    </div>
  )
}

function focusCell(list: HTMLElement | null, cell: string): void {
  list?.querySelector<HTMLElement>(`[data-cell="${cell}"]`)?.focus()
}
