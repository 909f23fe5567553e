import { notFound } from 'next/navigation'
import type { Actor } from '@/lib/auth/actor.ts'
import { parseReference } from '@/lib/core/custody/reference.ts'
import { asOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'

export type ConsignmentPageProps = { params: Promise<{ reference: string }>; searchParams: SearchParams }

/** Who asks for a page below a consignment's, and of which one. `pathOf`: the page's own address without `as`, to come back to after signing in. */
export async function openPage(
  { params, searchParams }: ConsignmentPageProps,
  pathOf: (reference: string) => string,
): Promise<{ readonly actor: Actor; readonly as: string | undefined; readonly reference: string }> {
  const parsed = parseReference(decodeURIComponent((await params).reference))
  if (!parsed.ok) notFound()
  const actor = await requireActor(searchParams, pathOf(parsed.value))
  return { actor, as: asOf(actor), reference: parsed.value }
}
