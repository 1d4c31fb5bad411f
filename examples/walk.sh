#!/usr/bin/env bash
# From a folder of packages to a running pipeline with its page in a browser, in under five minutes.
#
#   dotnet pack build/pack.proj -o packages
#   examples/walk.sh packages
#
# Needs bash, the .NET SDK, Chromium, and Node.js with the npm package "playwright-core" on NODE_PATH; CHROMIUM names the browser.
# Prints each step with its seconds, and the total; ends with 1 when a step fails or the total is over the limit. All that it
# makes is in a temporary folder, which it removes.
set -Eeuo pipefail

limit=300 # seconds
[ $# -eq 1 ] || { echo "usage: $0 FOLDER, the folder with the packages" >&2; exit 2; }
packages=$(cd "$1" && pwd)
export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
work=$(mktemp -d)
# Paths of their own: packages of the same version that were packed before stay out, and so do the hosts that run already.
export NUGET_PACKAGES=$work/cache XDG_RUNTIME_DIR=$work/run DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
mkdir -m 700 "$XDG_RUNTIME_DIR"
cd "$work"

now() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); } # milliseconds
seconds() { printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100)); }
begin=$(now) since=$begin step="" host="" traffic=""

# Ends the step before, and begins one.
step() {
    local at; at=$(now)
    [ -z "$step" ] || printf '%-44s %8s\n' "$step" "$(seconds $((at - since)))"
    step=$1 since=$at
}

fail() {
    echo "FAILED at \"$step\" after $(seconds $(($(now) - begin))): $*" >&2
    [ ! -s run.out ] || { echo "the host printed, at last:" >&2; tail -n 5 run.out >&2; }
    [ ! -s run.err ] || { echo "and on standard error:" >&2; tail -n 20 run.err >&2; }
    exit 1
}
trap 'fail "\"$BASH_COMMAND\" ended with $?"' ERR

end() {
    for process in $traffic $host; do kill "$process" 2>/dev/null && wait "$process" || true; done
    rm -rf "$work"
}
trap end EXIT

# Runs a program for as long as the limit leaves; timeout ends it with 124.
within() {
    local left=$((limit - ($(now) - begin) / 1000))
    [ "$left" -gt 0 ] || { echo "$limit seconds are over" >&2; return 124; }
    timeout "$left" "$@"
}
actors() { within "$work/tools/actors" "$@"; }

step "install the tool"
within dotnet tool install Actors.Tool --tool-path tools --source "$packages" --prerelease
actors --version

step "write the file of a pipeline"
# Both ports of the pipeline and that of the page are free now.
ports=$(node -e '
    const net = require("net"), servers = [1, 2, 3].map(() => net.createServer().listen(0, "127.0.0.1"));
    Promise.all(servers.map(one => new Promise((done, failed) => one.on("listening", () => done(one.address().port)).on("error", failed))))
        .then(ports => { console.log(ports.join(" ")); servers.forEach(one => one.close()); });')
read -r tasks results page <<<"$ports"
tasks=tcp://127.0.0.1:$tasks results=tcp://127.0.0.1:$results page=127.0.0.1:$page
cat >pipeline.conf <<FILE
host.http.bind = "$page"
roles {
  tasks {
    pattern = push
    bind = "$tasks"
    source { type = ticker, text = "a task", interval = 20ms }
  }
  worker {
    pattern = worker
    pull { connect = "$tasks" }
    push { connect = "$results" }
    handler { type = echo }
  }
  results {
    pattern = pull
    bind = "$results"
    handler { type = console, print = "result: {text}" }
  }
}
FILE

step "check it"
actors check pipeline.conf

step "run it"
# Not by way of a function: its process is the one to wait for.
tools/actors run pipeline.conf >run.out 2>run.err &
host=$!
until actors ps >ps.out 2>&1 && [ "$(grep -c ' ready ' ps.out)" -eq 3 ] && grep -q '^result: a task' run.out; do
    kill -0 "$host" 2>/dev/null || fail "the host has ended"
    [ $(($(now) - begin)) -lt $((limit * 1000)) ] || fail "not all three roles are ready with a result, but: $(cat ps.out)"
done
cat ps.out

step "probe both ends"
actors probe "$tasks" | tee probe.out
grep -q PUSH probe.out || fail "$tasks should be a PUSH socket"
actors probe "$results" | tee probe.out
grep -q PULL probe.out || fail "$results should be a PULL socket"

step "take a task and send a result by hand"
task=$(actors recv --connect "$tasks" --count 1)
[ "$task" = "a task" ] || fail "recv printed \"$task\" instead of \"a task\""
actors send --connect "$results" "by hand"
until grep -q '^result: by hand$' run.out; do
    kill -0 "$host" 2>/dev/null || fail "the host has ended"
    [ $(($(now) - begin)) -lt $((limit * 1000)) ] || fail "the host did not print the message that was sent to it"
done

step "see roles and rates in a browser"
# More than the pipeline's own 50 a second, so that the rate has to move while the page is open.
timeout "$limit" tools/actors send --quiet --connect "$results" --rate 500 "more" &
traffic=$!
within node - "http://$page/" <<'PAGE'
const { chromium } = require("playwright-core");
const received = name => [...document.querySelectorAll("#roles-body tr")].find(row => row.querySelector(".name-button")?.textContent === name)?.cells[3].textContent;
const isOther = ([name, before]) => {
  const row = [...document.querySelectorAll("#roles-body tr")].find(row => row.querySelector(".name-button")?.textContent === name);
  const rate = row?.cells[3].textContent;
  return document.body.dataset.connection === "live" && rate && rate !== "0" && rate !== before;
};
(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    await page.goto(process.argv[2]);
    await page.waitForFunction(isOther, ["results", null]);
    const roles = await page.locator("#roles-body .name-button").allTextContents();
    if (roles.join() !== "tasks,worker,results") throw new Error(`the page shows the roles ${roles.join()}`);
    const before = await page.evaluate(received, "results");
    await page.waitForFunction(isOther, ["results", before]);
    console.log(`${await page.title()}: ${roles.join(", ")}; results received ${before} a second, then ${await page.evaluate(received, "results")}`);
  } finally {
    await browser.close();
  }
})().catch(fault => { console.error(fault.message); process.exitCode = 1; });
PAGE
kill "$traffic" 2>/dev/null || fail "send ended before it was stopped"
wait "$traffic" || true # timeout ends as its signal says
traffic=""

step "stop it"
actors stop
wait "$host" || fail "the host ended with $?"
host=""

step "total"
total=$((since - begin))
printf '%-44s %8s\n' "$step" "$(seconds "$total")"
[ "$total" -le $((limit * 1000)) ] || fail "a stranger should need no more than $limit s"
