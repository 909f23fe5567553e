import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { limited } from '@/lib/data/limits.ts'
import { callerIn } from '@/lib/door/caller.ts'

/** Says that a reference leads nowhere, and counts it by who asked, so that nobody tries them all; proxy.ts answers who asked too often. */
export async function unknownReference(): Promise<never> {
  await limited('reference', callerIn(await headers()))
  notFound()
}
