import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { MapTiles, WrittenTiles } from '../core/ledger/map-tiles.ts'
import { bytesOf, execute, insert, marks, query, type Row } from './sql.ts'

/** Paths in one statement: what both databases take with room to spare. */
const AT_ONCE = 8000

/** The stored map: that of the newest index leaf. */
export function storedTiles(on: SqlQueryable): MapTiles {
  return {
    async read(paths) {
      const found = new Map<string, Uint8Array>()
      for (const some of slices(paths)) {
        const sql = `SELECT "path", "content" FROM "MapTile" WHERE "path" IN (${marks(some.length)})`
        for (const [path, content] of await query(on, sql, some)) found.set(String(path), bytesOf(content))
      }
      return found
    },
  }
}

/** The same, each tile read once: for several looks at one state of the map, inside a transaction or a moment. */
export function remembered(tiles: MapTiles): MapTiles {
  const known = new Map<string, Uint8Array | undefined>()
  return {
    async read(paths) {
      const unknown = paths.filter(path => !known.has(path))
      const read = unknown.length > 0 ? await tiles.read(unknown) : undefined
      for (const path of unknown) known.set(path, read?.get(path))
      const found = new Map<string, Uint8Array>()
      for (const path of paths) {
        const content = known.get(path)
        if (content) found.set(path, content)
      }
      return found
    },
  }
}

/** Stores what {@link growMap} wrote. Only inside the transaction that writes the index leaf. */
export async function writeTiles(on: SqlQueryable, written: WrittenTiles): Promise<void> {
  const rows: Row[] = []
  const gone: string[] = []
  for (const [path, content] of written) {
    if (content) rows.push([path, content])
    else gone.push(path)
  }
  const onConflict = 'ON CONFLICT ("path") DO UPDATE SET "content" = excluded."content"'
  await insert(on, { table: 'MapTile', columns: ['path', 'content'], onConflict }, rows)
  for (const some of slices(gone)) {
    await execute(on, `DELETE FROM "MapTile" WHERE "path" IN (${marks(some.length)})`, some)
  }
}

function* slices<Value>(values: readonly Value[]): Generator<readonly Value[]> {
  for (let at = 0; at < values.length; at += AT_ONCE) yield values.slice(at, at + AT_ONCE)
}
