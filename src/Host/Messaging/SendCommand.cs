using System.CommandLine;
using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Messaging.Frames;
using Actors.Host.Messaging.Running;
using Actors.Zmtp;

namespace Actors.Host.Messaging;

/// <summary><c>send</c> and <c>pub</c>: send messages of the command line or of standard input, and say at the end what became of them.</summary>
internal static class SendCommand
{
    /// <summary><c>send</c>: a PUSH, or another type that sends.</summary>
    public static Command Create() => Create(
        new ToolCommand(
            "send",
            "Sends messages: the frames given, or a line of standard input each. Waits for peers, and at the end until all is sent.",
            [
                "actors send --connect tcp://localhost:5557 hello",
                "actors send --bind tcp://*:5557 --template '{\"n\":{n},\"at\":\"{time}\"}' --count 1000 --rate 100",
                "cat lines.txt | actors send --connect tcp://localhost:5557",
                "actors send --connect tcp://localhost:5559 --type dealer --hex 00FF --file body.bin    # a message of two frames",
            ]),
        subscribers: null,
        ZmqSocketType.Push,
        ZmqSocketType.Pub,
        ZmqSocketType.Pair,
        ZmqSocketType.Dealer,
        ZmqSocketType.Router,
        ZmqSocketType.Scatter,
        ZmqSocketType.Channel,
        ZmqSocketType.Client);

    /// <summary><c>pub</c>: a publisher.</summary>
    public static Command CreatePub() => Create(
        new ToolCommand(
            "pub",
            "Publishes messages, whose first frame begins with the topic. Waits for a subscriber first, and for subscribers that are slow.",
            ["actors pub --bind tcp://*:5556 weather sunny", "actors pub --bind tcp://*:5556 --template 'tick {n}' --rate 1 --subscribers 0    # until Ctrl-C"]),
        Subscribers(),
        ZmqSocketType.Pub);

    private static ToolCommand Create(ToolCommand send, Option<int>? subscribers, params ZmqSocketType[] types)
    {
        var input = new InputOptions(send);
        var endpoints = new EndpointOptions(send, [.. types]);
        var count = CommonOptions.Count("How many messages. Default: all lines of standard input; of frames on the command line one, or with --rate without end.");
        var rate = CommonOptions.Rate();
        var timeout = DurationOption.Create("--timeout", "How long to wait for a peer that takes a message, and at the end until all is sent.", TimeSpan.FromSeconds(10));
        var quiet = CommonOptions.Quiet();
        subscribers ??= Subscribers();
        foreach (var option in (Option[])[count, rate, timeout, subscribers, quiet]) send.Add(option);
        send.Does(async (context, stop) =>
        {
            var plan = endpoints.Read(context);
            var source = await input.Open(context, context.Get(count), isEndless: context.Get(rate) is not null, stop);
            using var outgoing = Outgoing.Open(plan, context.Get(timeout)!.Value, context.Output);
            var run = new SendRun(context, send.Name, outgoing, source, new Pace(context.Get(rate), context.Invocation.Time), context.Get(quiet));
            return await run.Run(plan.Type!.Type == ZmqSocketType.Pub ? context.Get(subscribers) : 0, stop);
        });
        return send;
    }

    private static Option<int> Subscribers()
    {
        var subscribers = new Option<int>("--subscribers") { Description = "pub: how many subscribers to wait for before the first message; 0 does not wait. Default 1.", DefaultValueFactory = _ => 1, HelpName = "N" };
        subscribers.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < 0 and var value) result.AddError($"--subscribers is {value}: expected 0 or more");
        });
        return subscribers;
    }
}
