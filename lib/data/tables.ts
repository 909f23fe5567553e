import { readProgramFile } from './migrate.ts'

export type Column = { readonly name: string; readonly type: string }

/** A table as prisma/schema.prisma has it: what refers to another table stands after it. */
export type Table = { readonly name: string; readonly columns: readonly Column[]; readonly keys: readonly string[] }

const SCALARS = ['Int', 'BigInt', 'String', 'Boolean', 'Bytes', 'DateTime']

/** All tables of this program, in the order of the schema, with their columns and the columns of their primary key. */
export async function readTables(): Promise<Table[]> {
  const schema = await readProgramFile('prisma/schema.prisma')
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => {
    const lines = body.split('\n').map(line => line.trim())
    const columns = lines.flatMap(line => {
      const [, column = '', type = ''] = /^(\w+)\s+(\w+)\??(?:\s|$)/.exec(line) ?? []
      return SCALARS.includes(type) ? [{ name: column, type }] : []
    })
    const single = lines.flatMap(line => (/\s@id(?:\s|$)/.test(line) ? (/^\w+/.exec(line) ?? []) : []))
    const several = /@@id\(\[([^\]]+)\]/.exec(body)?.[1]?.split(/,\s*/)
    return { name, columns, keys: several ?? single }
  })
}
