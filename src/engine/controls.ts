import type { Case, CheckContext, Exchange, InconclusiveReason } from '../model/index.ts';

/** Whether a control was accepted, or why nothing can be said. */
export type ControlState =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly reason: InconclusiveReason; readonly detail: string };

/** What the controls need of the run. */
export interface ControlsDeps {
  /** Sends the control as a case of its own: judged, journaled, counted. Answers the exchange, or why it could not be sent. */
  send(control: Case, again: boolean): Promise<Exchange | { readonly reason: InconclusiveReason; readonly detail: string }>;
  byId(id: string): Case | undefined;
  accepted(exchange: Exchange): boolean;
}

/** A control is sent again after this many mutants: DESIGN 3.4. */
const mutantsPerControl = 50;

interface Known {
  readonly control: Case;
  first: Promise<ControlState>;
  last: Exchange | undefined;
  mutants: number;
  refused: boolean;
}

/** The shared controls of a run: each is sent when first needed, and again when there is reason to doubt it. */
export class Controls {
  readonly #deps: ControlsDeps;
  readonly #known = new Map<string, Known>();

  constructor(deps: ControlsDeps) {
    this.#deps = deps;
  }

  /** Whether the control was accepted; sends it on first asking. */
  accepted(id: string): Promise<ControlState> {
    const known = this.#known.get(id);
    if (known) return known.first;
    const control = this.#deps.byId(id);
    if (!control) return Promise.resolve({ accepted: false, reason: 'control-refused', detail: `The plan holds no control ${id}.` });
    const fresh: Known = { control, last: undefined, mutants: 0, refused: false, first: Promise.resolve({ accepted: true }) };
    this.#known.set(id, fresh);
    fresh.first = this.#send(fresh, false);
    return fresh.first;
  }

  /** Whether the case is a control that was sent already, so that the plan need not send it again. */
  has(id: string): boolean {
    return this.#known.has(id);
  }

  related(id: string): CheckContext['related'] {
    const known = this.#known.get(id);
    if (!known?.last) return {};
    return { control: { case: known.control, exchange: known.last, accepted: this.#deps.accepted(known.last) } };
  }

  /** Counts a mutant; sends the control again when it was not cleanly refused or enough have passed. True when the control is refused now. */
  async afterMutant(id: string, clean: boolean): Promise<boolean> {
    const known = this.#known.get(id);
    if (!known) return false;
    known.mutants++;
    if (clean && known.mutants < mutantsPerControl) {
      // Drawn for this one mutant: who keeps what each of a million was answered fills the memory.
      if (isDrawn(known.control)) known.last = undefined;
      return false;
    }
    known.mutants = 0;
    const state = await this.#send(known, true);
    known.refused = !state.accepted;
    return known.refused;
  }

  /** Sends a control now, whatever is known of it, and judges the answer. */
  async again(id: string): Promise<void> {
    const known = this.#known.get(id);
    if (!known) {
      await this.accepted(id);
      return;
    }
    await known.first;
    await this.#send(known, true);
  }

  /** Sends every control once more that had mutants since it was last seen accepted; of the drawn ones of an operation the last. */
  async finish(mayStart: () => boolean, width: number): Promise<void> {
    const doubted = this.#doubted();
    const work = async (): Promise<void> => {
      for (let known = doubted.pop(); known && mayStart(); known = doubted.pop()) await this.#send(known, true);
    };
    await Promise.all(Array.from({ length: width }, work));
  }

  #doubted(): Known[] {
    const shared: Known[] = [];
    // A drawn request is the control of one mutant, and those that were drawn after it were accepted, too.
    const drawn = new Map<string, Known>();
    for (const known of this.#known.values()) {
      if (known.mutants === 0) continue;
      known.mutants = 0;
      const { control } = known;
      if (isDrawn(control)) drawn.set(`${control.operationId} ${control.request.body?.mediaType ?? ''}`, known);
      else shared.push(known);
    }
    return [...drawn.values(), ...shared.toReversed()];
  }

  async #send(known: Known, again: boolean): Promise<ControlState> {
    const sent = await this.#deps.send(known.control, again);
    if (!('request' in sent)) return { accepted: false, ...sent };
    known.last = sent;
    if (this.#deps.accepted(sent)) return { accepted: true };
    const answer = sent.response ? `status ${sent.response.status}` : (sent.error?.message ?? 'no answer');
    return { accepted: false, reason: 'control-refused', detail: `The control ${known.control.id} was answered with ${answer}.` };
  }
}

function isDrawn(control: Case): boolean {
  return control.phase === 'property';
}
