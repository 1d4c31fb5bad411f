using System.CommandLine;
using Chaos;
using Chaos.Grains;
using Chaos.Processes;
using Chaos.Running;

if (args is [NodeProgram.Command, var node]) return await NodeProgram.Run(node);

var all = Scenarios.All;

var runs = new Option<int>("--runs") { Description = "How many runs.", DefaultValueFactory = _ => 10 };
var seed = new Option<int>("--seed") { Description = "The seed of the first run; each further run has the next.", DefaultValueFactory = _ => 1 };
var scenario = new Option<string?>("--scenario") { Description = "Only this one, or only those whose names begin so, as grains; among several the seed chooses." };
var messages = new Option<int?>("--messages") { Description = "How many messages a run has; otherwise the scenario says." };
var parallel = new Option<int>("--parallel") { Description = "How many runs at a time.", DefaultValueFactory = _ => 1 };
var logs = new Option<string>("--logs") { Description = "The folder for the logs of the processes.", DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "chaos") };
var keep = new Option<bool>("--keep-logs") { Description = "Keep the logs of runs that went well." };
var engine = new Option<string>("--engine") { Description = "The engine of our hosts: netmq or zmtp.", DefaultValueFactory = _ => Programs.Engine };
engine.AcceptOnlyFromAmong("netmq", "zmtp");
scenario.AcceptOnlyFromAmong([.. all.Select(one => one.Name), .. all.Where(one => one.InSeries).Select(one => Family(one.Name)).Distinct()]);

var root = new RootCommand("Runs real processes under seeded faults and checks what is promised.") { runs, seed, scenario, messages, parallel, engine, logs, keep };
root.Description += $"{Environment.NewLine}{Environment.NewLine}Scenarios:{Environment.NewLine}{string.Join(Environment.NewLine, all.Select(one => $"  {one.Name}: {one.Description}"))}";
root.SetAction(async (line, stop) =>
{
    Programs.Engine = line.GetRequiredValue(engine);
    var output = line.InvocationConfiguration.Output;
    var name = line.GetValue(scenario);
    var chosen = all.Where(one => one.Name == name);
    if (!chosen.Any()) chosen = all.Where(one => one.InSeries && (name is null || Family(one.Name) == name));
    var series = new Series([.. chosen], line.GetRequiredValue(logs), output) { Messages = line.GetValue(messages), KeepLogs = line.GetValue(keep) };
    var well = await series.Run(line.GetValue(seed), line.GetValue(runs), line.GetValue(parallel), stop);
    foreach (var sum in series.Summary()) output.WriteLine(sum);
    foreach (var sum in series.OrderlyStops()) output.WriteLine(sum);
    return well ? 0 : 1;
});
// The processes of a run are ended before this one.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });

static string Family(string name) => name.Split('-')[0];
