import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

/** One file naming another. Paths from the project's root. */
export interface Import {
  from: string
  to: string
  /** Erased by the compiler: only types come across. */
  typeOnly: boolean
}

interface Node {
  type: string
  [key: string]: unknown
}

/** Every TypeScript file below the folders, in alphabetical order; builds and kernels in AssemblyScript left out. */
export function sourceFiles(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))))
    .filter((path) => path.endsWith('.ts') && !/\/(kernel|build|dist)\//.test(path))
    .sort()
}

/** The relative imports of a file: static, dynamic, of types, and addresses of workers. */
export function importsOf(path: string): Import[] {
  const program = parseAst(readFileSync(path, 'utf8'), { lang: 'ts' })
  const found: Import[] = []
  const add = (specifier: unknown, typeOnly: boolean) => {
    if (typeof specifier !== 'string' || !specifier.startsWith('.')) return
    found.push({ from: path, to: normalize(join(dirname(path), specifier.replace(/\?.*$/, ''))), typeOnly })
  }
  walk(program as unknown as Node, (node) => {
    const source = (node.source as Node | undefined)?.value
    switch (node.type) {
      case 'ImportDeclaration':
        return add(source, node.importKind === 'type' || onlyTypes(node.specifiers as Node[], 'importKind'))
      case 'ExportNamedDeclaration':
        return add(source, node.exportKind === 'type' || onlyTypes(node.specifiers as Node[], 'exportKind'))
      case 'ExportAllDeclaration':
        return add(source, node.exportKind === 'type')
      case 'ImportExpression':
        return add(source, false)
      case 'TSImportType':
        return add((node.source as Node | undefined)?.value, true)
    }
  })
  return found
}

function onlyTypes(specifiers: Node[], kind: string): boolean {
  return specifiers.length > 0 && specifiers.every((specifier) => specifier[kind] === 'type')
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && typeof (child as Node).type === 'string') walk(child, visit)
    }
  }
}

/** A circle in a graph, as the names along it, or null. */
export function circle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | null {
  const done = new Set<string>()
  const path: string[] = []
  const visit = (name: string): string[] | null => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    if (done.has(name)) return null
    path.push(name)
    for (const next of edges.get(name) ?? []) {
      const found = visit(next)
      if (found) return found
    }
    path.pop()
    done.add(name)
    return null
  }
  for (const name of edges.keys()) {
    const found = visit(name)
    if (found) return found
  }
  return null
}
