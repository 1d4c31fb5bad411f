using System.CommandLine;
using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Commands.Sockets;
using Actors.Host.Contexts;
using Actors.Transport;
using Actors.Zmtp;

namespace Actors.Host.Probe;

/// <summary><c>probe ENDPOINT</c>: says what answers there, or why nothing does.</summary>
internal static class ProbeCommand
{
    private const string Nagios = "nagios";

    public static Command Create()
    {
        var endpoint = new Argument<string>("endpoint") { Description = "tcp://host:port, ipc://path, ws://host:port/path, or the name of a context." };
        var type = new Option<string?>("--type") { Description = "The type of the socket that is to connect there; the probe fails where the peer does not fit it.", HelpName = "TYPE" };
        string[] types = [.. Enum.GetValues<ZmqSocketType>().Where(one => one is not (ZmqSocketType.None or ZmqSocketType.Stream)).Select(one => new SocketKindName(one).Text)];
        type.AcceptOnlyFromAmong(types);
        var timeout = DurationOption.Create("--timeout", "Time for the whole of it.", TimeSpan.FromSeconds(5));
        var format = new Option<string>("--format") { Description = "text; json, as --output json; nagios: a line and the exit codes of a plugin; prometheus: metrics in its text format.", DefaultValueFactory = _ => "text", HelpName = "text|json|nagios|prometheus" };
        format.AcceptOnlyFromAmong("text", "json", Nagios, "prometheus");
        var warn = DurationOption.Create("--warn", "nagios: the round trip from which the state is WARNING.");
        var critical = DurationOption.Create("--critical", "nagios: the round trip from which the state is CRITICAL.");
        var take = new Option<bool>("--may-take-messages") { Description = "Also connect as a type that the peer may give messages to; they are lost." };
        var probe = new ToolCommand(
            "probe",
            "Says what answers at an endpoint (ZMTP version, mechanism, socket type, identity, round trip), or why nothing does. No handler of the peer notices.",
            [
                "actors probe tcp://127.0.0.1:5555",
                "actors probe tcp://db.example:5556 --server-key db.pub --type push    # would a PUSH be let in?",
                "actors probe tcp://127.0.0.1:5555 --format nagios --warn 50ms --critical 500ms",
            ])
        {
            endpoint, type, timeout, format, warn, critical, take,
        };
        probe.Mistaken = (line, mistakes, output) => line.GetResult(format)?.Tokens.Any(token => token.Value == Nagios) == true ? Unknown(string.Join("; ", mistakes), output) : null;
        var security = new SecurityOptions(probe);
        probe.Does(async (context, stop) =>
        {
            var form = context.Output.IsJson ? "json" : context.Get(format)!;
            try
            {
                var settings = Address(context, context.Line.GetRequiredValue(endpoint), security) with
                {
                    Timeout = context.Get(timeout)!.Value,
                    For = context.Get(type) is { } name ? Enum.Parse<ZmqSocketType>(name, ignoreCase: true) : null,
                    MayTakeMessages = context.Get(take),
                };
                return Print(await Prober.Run(settings, stop), form, new ProbeLimits(context.Get(warn), context.Get(critical)), context.Output);
            }
            catch (Exception fault) when (form == Nagios && fault is not (OperationCanceledException or OutOfMemoryException))
            {
                // Whatever it is: another exit code would be read as a state of the endpoint.
                return Unknown(fault.Message, context.Output.Writer);
            }
            catch (ZmqException fault)
            {
                throw ToolException.Usage(fault.Message);
            }
        });
        return probe;
    }

    /// <summary>The probe could not be made, which says nothing of the endpoint.</summary>
    private static int Unknown(string reason, TextWriter output)
    {
        output.WriteLine(ProbeFormats.NagiosUnknown(reason));
        return (int)ProbeState.Unknown;
    }

    private static ProbeSettings Address(ToolContext context, string endpoint, SecurityOptions security)
    {
        var saved = SavedContext.Empty;
        if (!endpoint.Contains("://", StringComparison.Ordinal))
        {
            var name = endpoint;
            saved = ContextStore.Of(context.Invocation.Environment).Read(name);
            endpoint = saved.Connect.FirstOrDefault() ?? throw ToolException.Usage($"the context {name} connects to no endpoint: expected one to probe");
        }
        var keys = new SocketPlan { Bind = [], Connect = [endpoint], Security = security.Read(context, saved.Security) }.Checked().Resolved;
        return new ProbeSettings { Endpoint = endpoint, Credentials = Credentials(keys) };
    }

    private static ProbeCredentials Credentials(SocketSecurity? keys) => keys switch
    {
        null => ProbeCredentials.None,
        { Mechanism: SecurityMechanism.Curve, ServerKey: { } server } => ProbeCredentials.Curve(keys.Keys!, server),
        { Mechanism: SecurityMechanism.Plain, Username: { } name } => ProbeCredentials.Plain(name, keys.Password!),
        _ => throw ToolException.Usage("a probe is the client of a mechanism: expected --server-key for curve, or --username for plain"),
    };

    private static int Print(ProbeReport report, string form, ProbeLimits limits, ToolOutput output)
    {
        switch (form)
        {
            case "json":
                output.WriteJson(report, ProbeJson.Default.ProbeReport);
                break;
            case Nagios:
                output.Writer.WriteLine(ProbeFormats.Nagios(report, limits));
                return (int)limits.StateOf(report);
            case "prometheus":
                output.Writer.Write(ProbeFormats.Prometheus(report));
                break;
            default:
                output.WriteLine(report.Sentence);
                break;
        }
        return report.Outcome switch
        {
            ProbeOutcome.Answers => ExitCode.Success,
            ProbeOutcome.NameNotResolved or ProbeOutcome.NoFile or ProbeOutcome.Refused or ProbeOutcome.Unreachable or ProbeOutcome.TimedOut or ProbeOutcome.Silent => ExitCode.NoAnswer,
            _ => ExitCode.Failed,
        };
    }
}
