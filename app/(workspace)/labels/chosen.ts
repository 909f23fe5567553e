import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor.ts'
import { isReference } from '@/lib/core/custody/reference.ts'
import { draftsOf } from '@/lib/data/drafts.ts'
import { importedRows } from '@/lib/data/imports.ts'
import { labelTexts } from '../consignments/[reference]/label/label-text.ts'
import { printedLabels } from '../consignments/[reference]/label/printed-labels.tsx'
import type { Sheet } from '../consignments/[reference]/label/sheet.ts'

/** Labels of one file: more come as further files, as drawing them takes the server seconds. */
export const MOST_IN_A_FILE = 240
const MOST_NAMED = 200

const query = z.object({
  ref: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform(ref => (ref === undefined ? [] : [ref].flat()).filter(isReference).slice(0, MOST_NAMED)),
  import: z.string().max(40).optional().catch(undefined),
})

/** Whose labels an address asks for: those it names, those of an import, or none. */
export type Chosen = { readonly references: readonly string[]; readonly importId: string | undefined }

export async function chosenIn(
  params: Readonly<Record<string, string | string[] | undefined>>,
  actor: Actor,
): Promise<Chosen> {
  const read = query.safeParse(params)
  if (!read.success) return { references: [], importId: undefined }
  const { ref, import: importId } = read.data
  if (ref.length > 0 || importId === undefined) return { references: ref, importId: undefined }
  const rows = await importedRows({ party: actor.party.party, importId })
  return { references: rows.filter(row => row.standing !== 'withdrawn').map(row => row.reference), importId }
}

/** The address's pairs that choose the same again. */
export function spelledChoice({ references, importId }: Chosen): [string, string][] {
  return importId === undefined ? references.map(reference => ['ref', reference]) : [['import', importId]]
}

/** Labels of `references`, each as often as the sheet wants it. */
export async function labelsOf(args: { actor: Actor; references: readonly string[]; sheet: Sheet }) {
  const { actor, references, sheet } = args
  const texts = await labelTexts({ actor, references, marks: sheet.marks })
  return printedLabels([...texts.values()], sheet)
}

/** Consignments whose labels make one file. */
export function partsOf(references: readonly string[], { copies }: Sheet): readonly (readonly string[])[] {
  const each = Math.max(1, Math.floor(MOST_IN_A_FILE / copies))
  return Array.from({ length: Math.ceil(references.length / each) }, (_, part) =>
    references.slice(part * each, (part + 1) * each),
  )
}

/** References of the drafts that labels can be chosen for. */
export async function draftsToChoose(actor: Actor) {
  return (await draftsOf(actor.party.party)).slice(0, MOST_NAMED)
}
