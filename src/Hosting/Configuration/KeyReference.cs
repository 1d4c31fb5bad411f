using System.Text;

namespace Actors.Hosting.Configuration;

/// <summary>The reference of all keys in Markdown: docs/configuration.md is this text.</summary>
internal static class KeyReference
{
    /// <param name="part">What the program adds to the file; null for none.</param>
    public static string Render(ConfigurationPart? part = null)
    {
        var page = new StringBuilder(
            """
            # Configuration

            A configuration file is HOCON. It is checked as a whole before anything starts: an unknown key, a value of the wrong
            type or a malformed endpoint is an error that names the file, the line and the key, and the exit code is 2.
            `include "other.conf"` takes in another file, relative to the one it stands in; a file that is not there is passed over,
            and `include required("other.conf")` makes that an error. Only files can be included. `${path}` takes the value of
            another key or of an environment variable, `${?path}` only where there is one, and a variable that is set to nothing is
            the empty text. `--set KEY=VALUE` overrides a key, and a mistake that comes of it is reported as one of `--set`.
            A duration has a unit (`100ms`, `5s`), a size may have one (`64KiB`). This page is printed by
            `dotnet run --project src/Host -- keys`.

            The section `akka` has the keys of Akka.NET, with the types that its own default configuration shows. A misspelt key
            is an error. A key that Akka does not have is a warning, because an extension may read it. What no type tells is found by
            starting an actor system with these settings, without the roles of the file, which `check` does too.

            What works, and is hardly meant, is a warning on standard error: a key or a section of a role that one file has twice, a
            `subscribe` role without topics, a duration of the section `akka` without a unit. `FILE:LINE: warning: KEY: ...`
            names it. Two sockets that would bind one port are an error.


            """);
        foreach (var table in Tables(part)) Table(page, table.Heading, table.Text, table.Keys);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>All keys, a table a section, in the order of the page.</summary>
    /// <param name="part">What the program adds to the file; null for none.</param>
    public static IEnumerable<KeyTable> Tables(ConfigurationPart? part)
    {
        yield return new("The file", "", [Keys.Host, Keys.Roles, .. part is null ? Array.Empty<Key>() : [part.Section], Keys.Variables, Keys.Akka, Keys.ActorsSection]);
        yield return new("host", "", [Keys.StartTimeout, Keys.ReadyTimeout, Keys.StopTimeout, Keys.StopWhenDone, .. part?.HostKeys ?? []]);
        yield return new("actors.transport", "", [Keys.Engine, Keys.Pollers, Keys.PollerDispatcher]);
        yield return new("actors.transport.poller-dispatcher", "", [Keys.Throughput, Keys.ShutdownTimeout]);
        foreach (var (word, pattern) in RolePatterns.Words)
        {
            var own = RolePatterns.KeysOf(pattern).Except(Keys.Socket).ToList();
            var socket = pattern switch
            {
                RolePattern.Worker => "Its sections `pull` and `push` have the keys of a socket.\n\n",
                RolePattern.Queue => "Its sections `clients`, `servers` and `plain-servers` have the keys of a socket.\n\n",
                RolePattern.Forwarder or RolePattern.Streamer => "Its sections `frontend`, `backend` and `capture` have the keys of a socket.\n\n",
                _ => "And the keys of a socket.\n\n",
            };
            yield return new($"roles.NAME, pattern = {word}", socket, own);
        }
        yield return new("queue, of a reply role", "", [Keys.QueueConnect, SecurityKeys.ToQueue, .. Keys.BothEnds]);
        yield return new("plain-servers, of a queue role", "And the keys of a socket.\n\n", [Keys.PlainInFlight]);
        yield return new("capture, of a forwarder or streamer role", "And the keys of a socket.\n\n", [Keys.CaptureType]);
        yield return new("The keys of a socket", "", Keys.Socket);
        yield return new("security, of a socket", "What each mechanism needs, and what it protects from: [security](security.md).\n\n", SecurityKeys.All);
        yield return new("outbound", $"For a publish role, the default of `{Keys.Overflow.Name}` is `{Keys.PublishOverflow.Default}`; for an acknowledged push role, that of `{Keys.Capacity.Name}` is `{Keys.OutstandingCapacity.Default}`, and counts what is outstanding.\n\n", [Keys.Capacity, Keys.Overflow]);
        yield return new(
            "acknowledged",
            $"A push role has {Words(Keys.SendingEnd)}, a pull role {Words(Keys.ReceivingEnd)}, a worker role all four; the others are in each.\n\n",
            [.. Keys.SendingEnd, .. Keys.ReceivingEnd, .. Keys.BothEnds]);
        yield return new("retained, of a publish role", "And the keys of a socket, of which `bind` is needed; `heartbeat-interval` and `heartbeat-timeout` are those of this table.\n\n", Keys.RetainedPublisher);
        yield return new("retained, of a subscribe role", "", Keys.RetainedEnd);
        foreach (var type in HandlerKinds.BuiltIn) yield return new($"handler, type = {type}", "", HandlerKinds.KeysOf(type));
        yield return new("handler, an actor class", "The class has a constructor without parameters and receives `Actors.Transport.Message`; a reply goes to its sender. Of a router role it receives `Actors.PeerMessage`, and answers with one.\n\n", HandlerKinds.KeysOf(""));
        foreach (var (word, kind) in SourceKinds.Words) yield return new($"source, type = {word}", "", SourceKinds.KeysOf(kind));
        foreach (var table in part?.Tables ?? []) yield return table;
    }

    private static string Words(IEnumerable<Key> keys) => string.Join(" and ", keys.Select(key => $"`{key.Name}`"));

    private static void Table(StringBuilder page, string heading, string text, IEnumerable<Key> keys)
    {
        page.Append("## ").Append(heading).Append("\n\n").Append(text).Append("| key | type | default | meaning |\n|---|---|---|---|\n");
        foreach (var key in keys)
            page.Append($"| `{key.Name}` | {key.Type.Expected} | {(key.Default is null ? "" : key.IsRequired ? "required" : $"`{key.Default}`")} | {key.Description} |\n");
        page.Append('\n');
    }
}
