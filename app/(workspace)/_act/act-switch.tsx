'use client'
import { type ReactNode, useState } from 'react'

/**
 * The form, or why there is none. A form that was begun stays under the reason when the consignment changes beneath it: what was typed can be
 * read and carried over.
 */
export function ActSwitch({
  isRefused,
  instead,
  children,
}: {
  isRefused: boolean
  instead: ReactNode
  children: ReactNode
}) {
  const [isBegun] = useState(!isRefused)
  return (
    <>
      {isRefused && instead}
      {(isBegun || !isRefused) && children}
    </>
  )
}
