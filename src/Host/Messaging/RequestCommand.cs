using System.CommandLine;
using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Messaging.Frames;
using Actors.Host.Messaging.Running;
using Actors.Zmtp;

namespace Actors.Host.Messaging;

/// <summary><c>req</c>: sends requests, one after the other, and prints the replies.</summary>
internal static class RequestCommand
{
    public static Command Create()
    {
        var request = new ToolCommand(
            "req",
            "Sends requests, each after the reply to the one before, and prints the replies.",
            [
                "actors req --connect tcp://localhost:5555 'Are you OK?'",
                "actors req --connect tcp://localhost:5560 counter alice Add --json '[5]'    # four frames",
                "cat questions.txt | actors req --connect tcp://localhost:5555 --timeout 2s",
            ]);
        var input = new InputOptions(request);
        var endpoints = new EndpointOptions(request, ZmqSocketType.Req, ZmqSocketType.Client);
        var format = new FormatOptions(request);
        var count = CommonOptions.Count("How many requests. Default: all lines of standard input; of frames on the command line one, or with --rate without end.");
        var rate = CommonOptions.Rate("Requests a second at most. Default: the next one as soon as there is a reply.");
        var timeout = DurationOption.Create("--timeout", "How long to wait for a peer and for each reply; the first request without a reply ends the run.", TimeSpan.FromSeconds(5));
        var quiet = CommonOptions.Quiet();
        foreach (var option in (Option[])[count, rate, timeout, quiet]) request.Add(option);
        request.Does(async (context, stop) =>
        {
            var plan = endpoints.Read(context);
            var source = await input.Open(context, context.Get(count), isEndless: context.Get(rate) is not null, stop);
            using var writer = format.Open(context);
            using var outgoing = Outgoing.Open(plan, context.Get(timeout)!.Value, context.Output);
            return await new RequestRun(context, outgoing, source, writer, new Pace(context.Get(rate), context.Invocation.Time), context.Get(quiet)).Run(stop);
        });
        return request;
    }
}
