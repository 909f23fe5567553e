import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { whenFree } from './gate.ts'
import { execute, query } from './sql.ts'
import type { WitnessProblem } from './witness-state.ts'

/** A cosignature as stored; `signedAt` in unix seconds, `witness` a vkey. */
export type StoredCosignature = { readonly witness: string; readonly line: string; readonly signedAt: number }

/** What is known of a witness. Times in unix milliseconds, `signedAt` of its newest line. */
export type WitnessRow = {
  readonly vkey: string
  readonly size: number
  readonly signedAt: number | undefined
  readonly askedAt: number
  readonly problem: WitnessProblem | undefined
  readonly detail: string | undefined
}

/** Keeps a verified line, unless a newer one by the same witness for the same size is there, and that the witness is well. */
export async function storeCosignature(
  on: SqlQueryable,
  { size, vkey, line, time, now }: { size: number; vkey: string; line: string; time: number; now: number },
): Promise<void> {
  const keep = `INSERT INTO "Cosignature" ("size", "witness", "line", "signedAt") VALUES (?, ?, ?, ?)
    ON CONFLICT ("size", "witness") DO UPDATE SET "line" = excluded."line", "signedAt" = excluded."signedAt"
    WHERE "Cosignature"."signedAt" < excluded."signedAt"`
  await whenFree(() => execute(on, keep, [size, vkey, line, time]))
  const note = `INSERT INTO "Witness" ("vkey", "size", "signedAt", "askedAt", "problem", "detail") VALUES (?, ?, ?, ?, NULL, NULL)
    ON CONFLICT ("vkey") DO UPDATE SET "size" = CASE WHEN "Witness"."size" > excluded."size" THEN "Witness"."size" ELSE excluded."size" END,
    "signedAt" = excluded."signedAt", "askedAt" = excluded."askedAt", "problem" = NULL, "detail" = NULL`
  await whenFree(() => execute(on, note, [vkey, size, time * 1000, now]))
}

/** Keeps why a witness did not sign. */
export async function storeProblem(
  on: SqlQueryable,
  { vkey, problem, detail, now }: { vkey: string; problem: WitnessProblem; detail: string; now: number },
): Promise<void> {
  const sql = `INSERT INTO "Witness" ("vkey", "size", "signedAt", "askedAt", "problem", "detail") VALUES (?, 0, NULL, ?, ?, ?)
    ON CONFLICT ("vkey") DO UPDATE SET "askedAt" = excluded."askedAt", "problem" = excluded."problem", "detail" = excluded."detail"`
  await whenFree(() => execute(on, sql, [vkey, now, problem, detail.slice(0, 300)]))
}

export async function readWitnesses(on: SqlQueryable): Promise<ReadonlyMap<string, WitnessRow>> {
  const rows = await query(on, 'SELECT "vkey", "size", "signedAt", "askedAt", "problem", "detail" FROM "Witness"')
  return new Map(
    rows.map(([vkey, size, signedAt, askedAt, problem, detail]) => [
      String(vkey),
      {
        vkey: String(vkey),
        size: Number(size),
        signedAt: signedAt === null ? undefined : Number(signedAt),
        askedAt: Number(askedAt),
        problem: problem === null ? undefined : (String(problem) as WitnessProblem),
        detail: detail === null ? undefined : String(detail),
      },
    ]),
  )
}

/** The cosignatures of one size, in the order of their keys: the same on every server of a log. */
export async function readCosignatures(on: SqlQueryable, size: number): Promise<StoredCosignature[]> {
  const sql = 'SELECT "witness", "line", "signedAt" FROM "Cosignature" WHERE "size" = ? ORDER BY "witness"'
  const rows = await query(on, sql, [size])
  return rows.map(([witness, line, signedAt]) => ({
    witness: String(witness),
    line: String(line),
    signedAt: Number(signedAt),
  }))
}

/** A stored checkpoint's note with every cosignature of its size: what is served, handed out and kept elsewhere. */
export async function cosignedNote(
  on: SqlQueryable,
  { size, note }: { readonly size: number; readonly note: string },
): Promise<string> {
  const lines = await readCosignatures(on, size)
  // A reader takes a hundred lines, and the log's own is one of them.
  return (
    note +
    lines
      .slice(0, 99)
      .map(each => each.line)
      .join('')
  )
}
