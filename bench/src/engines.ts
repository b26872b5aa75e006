// The engines by name, loaded when they are asked for: a process holds only its own.
import type { EngineSession, Part } from '@mapping-networks/core';

const ENGINES: Readonly<Record<'onnx' | 'wasm', (threads: number) => Promise<Part<'engine'>>>> = {
  onnx: async (threads) => (await import('@mapping-networks/engine-onnx')).onnx({ threads }),
  wasm: async () => (await import('@mapping-networks/engine-eager')).wasm(),
};

export type EngineName = keyof typeof ENGINES;

export const engineNames = Object.keys(ENGINES) as readonly EngineName[];

export const isEngine = (name: string): name is EngineName => Object.hasOwn(ENGINES, name);

export const engineOf = (name: EngineName, threads: number): Promise<Part<'engine'>> =>
  ENGINES[name](threads);

/** The engine, and a session of it that is looked at: it knows how many threads compute. */
export const watched = (
  engine: Part<'engine'>,
): { readonly engine: Part<'engine'>; readonly session: () => EngineSession | undefined } => {
  let session: EngineSession | undefined;
  const open = async (): Promise<EngineSession> => {
    session = await engine.impl.open();
    return session;
  };
  return { engine: { ...engine, impl: { open } }, session: () => session };
};
