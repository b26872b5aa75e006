// The three buttons of a run: which of them can be pressed, and where the focus goes when one no longer can.
import { byId } from '../page/by-id.ts';

/** What each button does. Start is the form's submit button. */
export interface ControlActions {
  start(): void;
  stop(): void;
  resume(): void;
}

export interface Controls {
  /** While a run is under way. */
  running(): void;
  /** While none is; `resumable` if one was stopped. */
  idle(resumable: boolean): void;
}

/** Starts the buttons. */
export const startControls = ({ start, stop, resume }: ControlActions): Controls => {
  const buttons = {
    start: byId('start', HTMLButtonElement),
    stop: byId('stop', HTMLButtonElement),
    resume: byId('resume', HTMLButtonElement),
  };
  byId('plan', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    start();
  });
  buttons.stop.addEventListener('click', stop);
  buttons.resume.addEventListener('click', resume);
  /** A disabled button would lose the focus to nothing: `next` takes it over. */
  const set = (enabled: readonly (keyof typeof buttons)[], next: HTMLButtonElement): void => {
    const focused = Object.values(buttons).find((button) => button === document.activeElement);
    for (const name of ['start', 'stop', 'resume'] as const) buttons[name].disabled = !enabled.includes(name);
    if (focused?.disabled) next.focus();
  };
  return {
    running: () => set(['stop'], buttons.stop),
    idle: (resumable) =>
      resumable ? set(['start', 'resume'], buttons.resume) : set(['start'], buttons.start),
  };
};
