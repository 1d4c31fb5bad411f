using System.CommandLine;

namespace Benchmarks.Page;

/// <summary>The verb "page": what it costs a busy host that somebody looks at its page, and how smooth the page is.</summary>
internal static class PageCommand
{
    public static Command Create()
    {
        var roles = new Option<int>("--roles") { Description = "Roles of the host; each has five peers.", DefaultValueFactory = _ => 200 };
        var rate = new Option<int>("--rate") { Description = "Messages a second that the host sends and receives.", DefaultValueFactory = _ => 100_000 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds, each without and with the page.", DefaultValueFactory = _ => 3 };
        var seconds = new Option<int>("--seconds") { Description = "Seconds of each measurement.", DefaultValueFactory = _ => 6 };
        var screenshot = new Option<string?>("--screenshot") { Description = "Where to write a picture of the page." };
        var command = new Command("page", "Prints the rate of a host with and without its page open in Chromium, and how long the page's frames take.") { roles, rate, rounds, seconds, screenshot };
        command.SetAction(parsed => PageLoad.Run(parsed.GetValue(roles), parsed.GetValue(rate), parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(screenshot)));
        return command;
    }
}
