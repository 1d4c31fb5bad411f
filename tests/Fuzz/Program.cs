using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Fuzz;

var names = new Argument<string[]>("targets")
{
    Description = "What to fuzz, all of it without a name: " + string.Join(", ", FuzzTargets.All.Select(target => target.Name)),
    DefaultValueFactory = _ => [.. FuzzTargets.All.Select(target => target.Name)],
};
var runs = new Option<int>("--runs") { Description = "How many inputs each target is given.", DefaultValueFactory = _ => 1000 };
var seed = new Option<int>("--seed") { Description = "The seed of the first input; each further one has the next number.", DefaultValueFactory = _ => 1 };

var root = new RootCommand("Gives the engine random and damaged input, and fails when a run throws, hangs or keeps memory.") { names, runs, seed };
root.SetAction(parsed =>
{
    try
    {
        foreach (var name in parsed.GetValue(names)!)
        {
            var began = Stopwatch.GetTimestamp();
            var report = FuzzTargets.Named(name).Run(parsed.GetValue(seed), parsed.GetValue(runs));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {report} in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s"));
        }
        return 0;
    }
    catch (FuzzFailure failure)
    {
        Console.Error.WriteLine(failure.Message);
        return 1;
    }
    catch (ArgumentException mistake)
    {
        Console.Error.WriteLine(mistake.Message);
        return 2;
    }
});
return root.Parse(args).Invoke();
