// Reads the catalogues of errors, `src/errors.ts` and those beside a part of a package, as data: each exported function
// is an error with its code, the comment in front of it, and the words of its problem and remedy. What is filled in
// when it is thrown stands in the words as the name of the value.

import ts from 'typescript';
import { readPackages, type Files } from './workspace.ts';

export interface CataloguedError {
  /** The folder of its package. */
  readonly short: string;
  readonly code: string;
  /** The comment in front of the function: when it is thrown. */
  readonly comment: string | undefined;
  /** Its wordings, with `⟨name⟩` for what is filled in. */
  readonly problems: readonly string[];
  readonly remedies: readonly string[];
  /** A warning is told and stops nothing; its words are all in `problems`. */
  readonly warning: boolean;
}

/** The catalogues of a package, relative to the root of the repository. */
export const cataloguesOf = (files: Files, short: string): readonly string[] => {
  const source = `packages/${short}/src`;
  const folders = files.children(source).filter((name) => !name.includes('.'));
  return [source, ...folders.map((name) => `${source}/${name}`)]
    .map((folder) => `${folder}/errors.ts`)
    .filter((path) => files.read(path) !== undefined);
};

/** Every error of every package, in the order of packages and catalogues. */
export const cataloguedErrors = (files: Files): readonly CataloguedError[] =>
  readPackages(files).flatMap(({ short }) =>
    cataloguesOf(files, short).flatMap((path) => errorsIn(short, path, files.read(path) ?? '')),
  );

/** The errors of one catalogue. */
export const errorsIn = (short: string, path: string, text: string): readonly CataloguedError[] => {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const constants = constantsOf(file);
  const makers = makersOf(file);
  return file.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement) || !isExported(statement)) return [];
    const made = statement.declarationList.declarations
      .flatMap(({ initializer }) => (initializer === undefined ? [] : callsIn(initializer, makers)))
      .slice(0, 1);
    return made.map((words) => ({ short, comment: commentOf(statement), ...wordsOf(words, constants) }));
  });
};

/** What a catalogue passes on: the code, the problem, and for errors the remedy. */
interface Words {
  readonly code: string;
  readonly problem: ts.Expression | undefined;
  readonly remedy: ts.Expression | undefined;
}

const isExported = (statement: ts.VariableStatement): boolean =>
  statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

const commentOf = (statement: ts.Node): string | undefined => {
  const comment = ts.getJSDocCommentsAndTags(statement).find(ts.isJSDoc)?.comment;
  return ts.getTextOfJSDocComment(comment)?.replace(/\s+/g, ' ').trim();
};

/** Top-level texts such as `RESTORE`. */
const constantsOf = (file: ts.SourceFile): ReadonlyMap<string, ts.Expression> =>
  new Map(
    file.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) =>
        declarationList.declarations.flatMap(({ name, initializer }) =>
          initializer !== undefined && (ts.isStringLiteral(initializer) || ts.isTemplateLiteral(initializer))
            ? [[name.getText(file), initializer] as const]
            : [],
        ),
      ),
  );

/** The functions of the file that put a prefix before a code, `error` and `warning`, with that prefix. */
const makersOf = (file: ts.SourceFile): ReadonlyMap<string, string> =>
  new Map(
    file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) =>
      declarationList.declarations.flatMap(({ name, initializer }) => {
        const prefix = /`([A-Z_]+_)\$\{code\}`/.exec(initializer?.getText(file) ?? '')?.[1];
        return prefix === undefined ? [] : [[name.getText(file), prefix] as const];
      }),
    ),
  );

const callsIn = (node: ts.Node, makers: ReadonlyMap<string, string>): readonly Words[] => {
  const found = callOf(node, makers) ?? objectOf(node);
  if (found !== undefined) return [found];
  const inside: Words[] = [];
  ts.forEachChild(node, (child) => void inside.push(...callsIn(child, makers)));
  return inside;
};

/** `error('CODE', problem, remedy)`. */
const callOf = (node: ts.Node, makers: ReadonlyMap<string, string>): Words | undefined => {
  if (!ts.isCallExpression(node)) return undefined;
  const prefix = makers.get(node.expression.getText());
  const [code, problem, remedy] = node.arguments;
  return prefix !== undefined && code !== undefined && ts.isStringLiteral(code)
    ? {
        code: prefix + code.text,
        problem,
        remedy: node.expression.getText() === 'warning' ? undefined : remedy,
      }
    : undefined;
};

/** `{ code: 'CODE', problem, remedy }`. */
const objectOf = (node: ts.Node): Words | undefined => {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const property = (name: string): ts.Expression | undefined =>
    node.properties.filter(ts.isPropertyAssignment).find((each) => each.name.getText() === name)?.initializer;
  const code = property('code');
  return code !== undefined && ts.isStringLiteral(code)
    ? { code: code.text, problem: property('problem') ?? property('message'), remedy: property('remedy') }
    : undefined;
};

const wordsOf = (
  { code, problem, remedy }: Words,
  constants: ReadonlyMap<string, ts.Expression>,
): Omit<CataloguedError, 'short' | 'comment'> => ({
  code,
  problems: problem === undefined ? [] : wordingsOf(problem, constants),
  remedies: remedy === undefined ? [] : wordingsOf(remedy, constants),
  warning: remedy === undefined,
});

/** What `describeIssues` of core makes, which some catalogues pass on. */
const issueWords: Readonly<Record<string, string>> = {
  problem: '⟨field⟩: expected ⟨what is allowed⟩, got ⟨what came⟩.',
  remedy: 'Correct the value, or leave the option out for its default.',
};

/** The texts that an expression can make. */
const wordingsOf = (
  node: ts.Expression,
  constants: ReadonlyMap<string, ts.Expression>,
): readonly string[] => {
  const wordings = (each: ts.Expression): readonly string[] => wordingsOf(each, constants);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return node.templateSpans.reduce<readonly string[]>(
      (heads, { expression, literal }) => joined(joined(heads, wordings(expression)), [literal.text]),
      [node.head.text],
    );
  if (ts.isParenthesizedExpression(node)) return wordings(node.expression);
  if (ts.isConditionalExpression(node))
    return withoutHoles([...wordings(node.whenTrue), ...wordings(node.whenFalse)]);
  if (ts.isBinaryExpression(node)) return wordingsOfBinary(node, wordings);
  const constant = ts.isIdentifier(node) ? constants.get(node.text) : undefined;
  if (constant !== undefined) return wordings(constant);
  if (ts.isCallExpression(node) && node.expression.getText() === 'suggestion')
    return ["Did you mean '⟨name⟩'? Allowed: ⟨names⟩."];
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : node.getText();
  return [(fromIssues(node) ? issueWords[name] : undefined) ?? `⟨${nameOf(node)}⟩`];
};

const wordingsOfBinary = (
  node: ts.BinaryExpression,
  wordings: (part: ts.Expression) => readonly string[],
): readonly string[] => {
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.PlusToken) return joined(wordings(node.left), wordings(node.right));
  return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken
    ? withoutHoles([...wordings(node.left), ...wordings(node.right)])
    : [`⟨${node.getText()}⟩`];
};

/** Each head with each tail. */
const joined = (heads: readonly string[], tails: readonly string[]): readonly string[] => [
  ...new Set(heads.flatMap((head) => tails.map((tail) => head + tail))),
];

/** Of a choice between words for nothing and what came, what came; of `a ?? b` the words. */
const withoutHoles = (choices: readonly string[]): readonly string[] => {
  const distinct = [...new Set(choices)];
  const holes = distinct.filter((choice) => /^⟨[^⟩]*⟩$/.test(choice));
  if (holes.length === 0 || holes.length === distinct.length) return distinct;
  const words = distinct.filter((choice) => !holes.includes(choice));
  return words.every((choice) => !choice.includes(' ')) ? holes : words;
};

/** Whether the function around passes on what `describeIssues` says. */
const fromIssues = (node: ts.Node): boolean => {
  const topLevel = ts.findAncestor(node, ({ parent }) => parent !== undefined && ts.isSourceFile(parent));
  return topLevel?.getText().includes('describeIssues(') ?? false;
};

/** What an expression is called: `shown(received)` is `received`, `given.join(', ')` is `given`. */
const nameOf = (node: ts.Expression): string => {
  if (ts.isCallExpression(node)) {
    if (ts.isPropertyAccessExpression(node.expression)) return nameOf(node.expression.expression);
    return node.arguments[0] === undefined ? node.expression.getText() : nameOf(node.arguments[0]);
  }
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === 'length' ? nameOf(node.expression) : node.name.text;
  if (ts.isElementAccessExpression(node)) return nameOf(node.expression);
  if (ts.isBinaryExpression(node)) return nameOf(node.left);
  if (ts.isArrayLiteralExpression(node))
    return node.elements[0] === undefined ? '' : nameOf(node.elements[0]);
  if (ts.isPrefixUnaryExpression(node)) return nameOf(node.operand);
  if (ts.isSpreadElement(node) || ts.isParenthesizedExpression(node)) return nameOf(node.expression);
  return node.getText().replace(/\s+/g, ' ');
};
