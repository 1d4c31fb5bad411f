using System.CommandLine;
using System.Text;
using System.Text.Json;
using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Hosting.Handlers;

namespace Actors.Host.Call;

/// <summary><c>call KIND KEY METHOD [ARGUMENTS...]</c>: calls a grain through a gateway.</summary>
internal static class CallCommand
{
    public static Command Create()
    {
        var kind = new Argument<string>("kind") { Description = "The kind of the grain." };
        var key = new Argument<string>("key") { Description = "The key of the grain." };
        var method = new Argument<string>("method") { Description = "The method." };
        var arguments = new Argument<string[]>("arguments") { Description = "Its arguments, each as JSON; behind -- where one begins with a dash.", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [] };
        var id = new Option<string?>("--id") { Description = "Call with an id, so that the call is tried again until its time is up and done once: new, or CLIENT/NUMBER to repeat one.", HelpName = "new|CLIENT/NUMBER" };
        var timeout = DurationOption.Create("--timeout", "Time for the call with all its tries; the gateway may give it less.", TimeSpan.FromSeconds(30));
        var command = new ToolCommand(
            "call",
            "Calls a grain through a gateway, and prints the result as JSON.",
            [
                "actors call counter alice Add 5 --connect tcp://127.0.0.1:5560",
                "actors call account a-17 Pay '{\"amount\":12.5}' --id new -c tcp://n1:5560 -c tcp://n2:5560    # tried again, done once",
            ])
        {
            kind, key, method, arguments, id, timeout,
        };
        var endpoints = new EndpointOptions(command);
        command.Does(async (context, stop) =>
        {
            var line = context.Line;
            var plan = endpoints.Read(context);
            var identity = context.Get(id) is { } text ? CallIdentity.Parse(text) : null;
            var settings = CallSettings.Of(line.GetRequiredValue(kind), line.GetRequiredValue(key), line.GetRequiredValue(method), line.GetRequiredValue(arguments), context.Get(timeout)!.Value, identity);
            var caller = new GrainCaller(settings, plan, context.Invocation.Time);
            return Print(await Task.Run(() => caller.Run(stop), stop), identity, context.Output);
        });
        return command;
    }

    private static int Print(CallOutcome outcome, CallIdentity? id, ToolOutput output)
    {
        if (output.IsJson) output.Writer.WriteLine(Json(outcome, id));
        if (outcome.Json is not null)
        {
            if (!output.IsJson) output.WriteLine(outcome.Json);
            return ExitCode.Success;
        }
        output.Errors.WriteLine(EscapedText.Of($"{outcome.Code}: {outcome.Text}{(id is null ? "" : $" (id {id}, {outcome.Tries} tries)")}"));
        return outcome.Code == CallOutcome.Timeout ? ExitCode.NoAnswer : ExitCode.Failed;
    }

    /// <summary>The result stands in it as the grain gave it.</summary>
    private static string Json(CallOutcome outcome, CallIdentity? id)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (outcome.Json is not null)
            {
                writer.WritePropertyName("result");
                writer.WriteRawValue(outcome.Json);
            }
            else
            {
                writer.WriteString("error", outcome.Code);
                writer.WriteString("text", outcome.Text);
            }
            if (id is not null) writer.WriteString("id", id.ToString());
            writer.WriteNumber("tries", outcome.Tries);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
