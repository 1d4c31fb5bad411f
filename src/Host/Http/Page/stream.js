// The connection with the host: server-sent events, read by fetch, which can show the token.
const silence = 6000;
const firstWait = 500;
const longestWait = 10000;
const hiddenFor = 30000;
const tokenKey = "actors-token";

export class Stream {
  #on;
  #abort = null;
  #wait = firstWait;
  #timer = 0;
  #isPaused = false;

  /** @param on  Called with what happens: event(name, data), state(word, detail). */
  constructor(on) {
    this.#on = on;
    // A link may bring the token behind #, which no server and no log sees.
    const brought = new URLSearchParams(location.hash.slice(1)).get("token");
    if (brought) {
      this.token = brought;
      history.replaceState(null, "", location.pathname);
    }
    let hidden = 0;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(hidden);
      // Nobody looks: the host need not send, and the browser has the connection for another tab.
      if (document.hidden) hidden = setTimeout(() => { this.#isPaused = true; this.#abort?.abort(); }, hiddenFor);
      else if (this.#isPaused) { this.#isPaused = false; this.connect(); }
    });
  }

  get token() {
    try { return sessionStorage.getItem(tokenKey) ?? ""; } catch { return this.kept ?? ""; }
  }

  set token(value) {
    try { sessionStorage.setItem(tokenKey, value); } catch { this.kept = value; }
  }

  /** Connects now, and again whenever the connection ends. */
  async connect() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    const abort = this.#abort = new AbortController();
    let watch = 0;
    const alive = () => { clearTimeout(watch); watch = setTimeout(() => abort.abort(new Error("the host is silent")), silence); };
    this.#on.state("connecting");
    let why = "";
    try {
      alive();
      const answer = await fetch("api/events", { signal: abort.signal, cache: "no-store", headers: this.token ? { Authorization: `Bearer ${this.token}` } : {} });
      if (answer.status === 401) { this.#on.state("token", this.token ? "That is not the token of this host." : ""); return; }
      if (!answer.ok) throw new Error((await answer.text()).trim() || `the host answered ${answer.status}`);
      await this.#read(answer.body, alive);
      why = "the host has ended the connection";
    } catch (fault) {
      if (abort !== this.#abort) return;
      why = abort.signal.aborted ? "the host is silent" : fault instanceof TypeError ? "the host cannot be reached" : fault.message;
    } finally {
      clearTimeout(watch);
    }
    if (abort !== this.#abort) return;
    if (this.#isPaused) { this.#on.state("paused"); return; }
    this.#on.state("lost", why, this.#wait);
    this.#timer = setTimeout(() => this.connect(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, longestWait);
  }

  async #read(body, alive) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const cut = event.indexOf("\n");
        this.#wait = firstWait;
        this.#on.event(event.slice("event: ".length, cut), JSON.parse(event.slice(cut + 1 + "data: ".length)));
      }
    }
  }
}
