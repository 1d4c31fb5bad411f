using System.CommandLine;
using System.Text;
using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Messaging.Frames;
using Actors.Host.Messaging.Running;
using Actors.Zmtp;

namespace Actors.Host.Messaging;

/// <summary><c>recv</c> and <c>sub</c>: print what comes.</summary>
internal static class ReceiveCommand
{
    /// <summary><c>recv</c>: a PULL, or another type that receives.</summary>
    public static Command Create() => Create(
        new ToolCommand(
            "recv",
            "Receives messages and prints them, until Ctrl-C, --count or --wait.",
            [
                "actors recv --bind tcp://*:5557",
                "actors recv --connect tcp://localhost:5557 --count 1 --format raw > message.bin",
                "actors recv --bind tcp://*:5557 --output json | jq .frames[0]",
            ]),
        null,
        ZmqSocketType.Pull,
        ZmqSocketType.Pair,
        ZmqSocketType.Dealer,
        ZmqSocketType.Router,
        ZmqSocketType.Gather,
        ZmqSocketType.Channel,
        ZmqSocketType.Server,
        ZmqSocketType.Stream);

    /// <summary><c>sub</c>: a subscriber.</summary>
    public static Command CreateSub() => Create(
        new ToolCommand(
            "sub",
            "Subscribes and prints what is published, until Ctrl-C, --count or --wait.",
            ["actors sub --connect tcp://localhost:5556", "actors sub --connect tcp://localhost:5556 weather traffic --count 10"]),
        new Argument<string[]>("topic") { Description = "Prefixes of messages, or with --type dish the names of groups. Default: all messages.", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [] },
        ZmqSocketType.Sub,
        ZmqSocketType.Xsub,
        ZmqSocketType.Dish);

    private static ToolCommand Create(ToolCommand receive, Argument<string[]>? topics, params ZmqSocketType[] types)
    {
        if (topics is not null) receive.Add(topics);
        var endpoints = new EndpointOptions(receive, [.. types]);
        var format = new FormatOptions(receive);
        var count = CommonOptions.Count("How many messages to receive. Default: without end.");
        var wait = DurationOption.Create("--wait", "Ends when no message came for so long. Default: waits without end.");
        var timeout = DurationOption.Create("--timeout", "Ends after so long. Default: without end.");
        var quiet = CommonOptions.Quiet();
        foreach (var option in (Option[])[count, wait, timeout, quiet]) receive.Add(option);
        receive.Does(async (context, stop) =>
        {
            var plan = endpoints.Read(context);
            IReadOnlyList<string> prefixes = topics is null ? [] : context.Line.GetValue(topics) is { Length: > 0 } given ? given : plan.Type!.Type == ZmqSocketType.Dish
                ? throw ToolException.Usage("a DISH has no topic for all messages: expected the name of a group")
                : [""];
            using var writer = format.Open(context);
            var limits = new ReceiveLimits(context.Get(count), context.Get(wait), context.Get(timeout));
            using var incoming = Incoming.Open(plan, [.. prefixes.Select(prefix => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(prefix))], limits.Count, context.Output);
            return await new ReceiveRun(context, receive.Name, incoming, writer, limits, context.Get(quiet)).Run(stop);
        });
        return receive;
    }
}
