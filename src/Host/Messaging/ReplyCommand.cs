using System.CommandLine;
using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Messaging.Frames;
using Actors.Host.Messaging.Running;
using Actors.Zmtp;

namespace Actors.Host.Messaging;

/// <summary><c>reply</c>: answers requests, and prints them.</summary>
internal static class ReplyCommand
{
    public static Command Create()
    {
        var reply = new ToolCommand(
            "reply",
            "Answers requests with themselves, with given frames, or with what a program makes of them; prints the requests.",
            [
                "actors reply --bind tcp://*:5555    # echo",
                "actors reply --bind tcp://*:5555 --template 'I am OK, {text}'",
                "actors reply --bind tcp://*:5555 --exec 'tr a-z A-Z'",
            ]);
        var input = new InputOptions(reply, isReply: true);
        var exec = new Option<string?>("--exec") { Description = "A command of the shell: its standard input is the request, its standard output the reply. One that fails is answered with an empty frame.", HelpName = "COMMAND" };
        var endpoints = new EndpointOptions(reply, ZmqSocketType.Rep, ZmqSocketType.Server);
        var format = new FormatOptions(reply);
        var count = CommonOptions.Count("Ends after so many requests. Default: without end.");
        var timeout = DurationOption.Create("--timeout", "How long a program of --exec may run.", TimeSpan.FromSeconds(30));
        var quiet = CommonOptions.Quiet();
        foreach (var option in (Option[])[exec, count, timeout, quiet]) reply.Add(option);
        reply.Does(async (context, stop) =>
        {
            var plan = endpoints.Read(context);
            var frames = await input.Frames(context, stop);
            using var answers = (frames, context.Get(exec)) switch
            {
                (not null, not null) => throw ToolException.Usage("--exec makes the reply, and there are frames on the command line: expected one of the two"),
                (null, { } command) => Answers.OfProgram(command, context.Get(timeout)!.Value, complaint => context.Output.Errors.WriteLine($"reply: {complaint}")),
                (not null, null) => Answers.OfFrames(frames, context.Invocation.Time),
                _ => Answers.Echo(),
            };
            using var writer = format.Open(context);
            using var incoming = Incoming.Open(plan, [], count: null, context.Output);
            return await new ReplyRun(context, incoming, answers, writer, context.Get(count), context.Get(quiet)).Run(stop);
        });
        return reply;
    }
}
