'use client'
import { useEffect } from 'react'

/** Hands what stands behind the # of this address (the log key's fingerprint, from the label) on to the links of a list. */
export function KeepFragment({ within }: { within: string }) {
  useEffect(() => {
    if (location.hash === '') return
    for (const link of document.querySelectorAll<HTMLAnchorElement>(`${within} a`)) link.hash = location.hash
  }, [within])
  return null
}
