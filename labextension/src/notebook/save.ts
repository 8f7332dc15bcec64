import type { DocumentRegistry } from '@jupyterlab/docregistry';

type Context = DocumentRegistry.Context;

/**
 * Saves a document one save at a time. Two at once would make Lab ask whether to overwrite a file "changed on disk": by its own
 * first save. Saves that others start (Lab's autosave, Ctrl+S) are waited for, too.
 */
class Saver {
  constructor(private readonly context: Context) {
    context.saveState.connect((_, state) => {
      this.busy = state === 'started';
      if (!this.busy && this.wanted) {
        // After Lab has taken in what the server answered.
        setTimeout(() => this.save());
      }
    });
  }

  save(): void {
    if (this.context.isDisposed) {
      return;
    }
    this.wanted = this.busy;
    if (!this.busy) {
      this.busy = true;
      const done = () => {
        this.busy = false;
        if (this.wanted) {
          this.save();
        }
      };
      // Lab itself has told the person about a failure, and the next save tries again.
      this.context.save().then(done, done);
    }
  }

  private busy = false;
  private wanted = false;
}

const savers = new WeakMap<Context, Saver>();

/** The document's saver; made when its notebook is opened, so that it sees every save. */
export function saverOf(context: Context): Saver {
  let saver = savers.get(context);
  if (!saver) {
    saver = new Saver(context);
    savers.set(context, saver);
  }
  return saver;
}
