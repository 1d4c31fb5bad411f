using System.Globalization;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>Hosts with journals that are really killed, with kill -9, and started again.</summary>
public sealed class JournalTests(ITestOutputHelper log) : IDisposable
{
    private const int Lines = 100_000;
    private const int Credit = 256;

    private readonly string _folder = Directory.CreateTempSubdirectory("journal").FullName;
    private readonly string _endpoint = HostProcess.FreeEndpoint();

    private string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task WriteFiles(int lines)
    {
        await File.WriteAllLinesAsync(PathOf("lines"), Enumerable.Range(0, lines).Select(n => $"{n}"));
        await File.WriteAllTextAsync(PathOf("journal.conf"), $$"""
            akka.loglevel = INFO
            host.stop-timeout = 30s
            roles {
              push {
                pattern = push
                delivery = acknowledged
                bind = "{{_endpoint}}"
                journal = sqlite
                journal-file = "{{PathOf("push.journal")}}"
                source { type = lines, path = "{{PathOf("lines")}}" }
              }
              pull {
                pattern = pull
                delivery = acknowledged
                connect = "{{_endpoint}}"
                reconnect-interval-max = 100ms
                journal = sqlite
                journal-file = "{{PathOf("pull.journal")}}"
                handler { type = console, print = "got {text}" }
                acknowledged { credit = {{Credit}} }
              }
            }
            """);
    }

    private HostProcess StartRole(string role) => HostProcess.Start(log, PathOf("journal.conf"), "--role", role);

    private static async Task<int> NextNumber(HostProcess pull)
    {
        var line = await pull.Expect("got ");
        return int.Parse(line.AsSpan("got ".Length), CultureInfo.InvariantCulture);
    }

    private static async Task ExpectCompleteLedger(HostProcess push)
    {
        push.Terminate();
        await push.Expect($"push: accepted {Lines} = acknowledged {Lines} + outstanding 0 (waiting 0, assigned 0) + dead-lettered 0");
        Assert.Equal(0, (await push.End()).ExitCode);
    }

    [Fact]
    public async Task A_push_host_killed_again_and_again_loses_and_repeats_nothing_of_its_file()
    {
        await WriteFiles(Lines);
        await using var pull = StartRole("pull");
        var push = StartRole("push");
        try
        {
            var seen = new HashSet<int>();
            foreach (var killAt in new[] { Lines / 5, Lines / 2, Lines * 4 / 5 })
            {
                while (seen.Count < killAt) Assert.True(seen.Add(await NextNumber(pull)), "a line came twice");
                await push.Kill();
                push = StartRole("push");
            }
            while (seen.Count < Lines) Assert.True(seen.Add(await NextNumber(pull)), "a line came twice");

            await ExpectCompleteLedger(push);
            pull.Terminate();
            Assert.DoesNotContain((await pull.End()).Lines, line => line.StartsWith("got ", StringComparison.Ordinal));
        }
        finally
        {
            await push.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_killed_pull_host_loses_nothing_and_repeats_only_what_was_in_its_hands()
    {
        await WriteFiles(Lines);
        await using var push = StartRole("push");
        var pull = StartRole("pull");
        try
        {
            var seen = new HashSet<int>();
            var repeats = 0;
            foreach (var killAt in new[] { Lines / 3, Lines * 2 / 3 })
            {
                while (seen.Count < killAt)
                    if (!seen.Add(await NextNumber(pull))) repeats++;
                await pull.Kill();
                foreach (var line in pull.Rest.Where(line => line.StartsWith("got ", StringComparison.Ordinal)))
                    if (!seen.Add(int.Parse(line.AsSpan("got ".Length), CultureInfo.InvariantCulture))) repeats++;
                pull = StartRole("pull");
            }
            while (seen.Count < Lines)
                if (!seen.Add(await NextNumber(pull))) repeats++;

            // The handler had printed them, and the kill came before that was on record: at most one credit for each kill.
            Assert.InRange(repeats, 0, 2 * Credit);
            await ExpectCompleteLedger(push);
        }
        finally
        {
            await pull.DisposeAsync();
        }
    }

    [Fact]
    public async Task Both_hosts_killed_at_once_lose_nothing()
    {
        await WriteFiles(Lines);
        var push = StartRole("push");
        var pull = StartRole("pull");
        try
        {
            var seen = new HashSet<int>();
            while (seen.Count < Lines / 2) seen.Add(await NextNumber(pull));
            await Task.WhenAll(push.Kill(), pull.Kill());
            foreach (var line in pull.Rest.Where(line => line.StartsWith("got ", StringComparison.Ordinal)))
                seen.Add(int.Parse(line.AsSpan("got ".Length), CultureInfo.InvariantCulture));
            (push, pull) = (StartRole("push"), StartRole("pull"));

            var repeats = 0;
            while (seen.Count < Lines)
                if (!seen.Add(await NextNumber(pull))) repeats++;
            Assert.InRange(repeats, 0, Credit);
            await ExpectCompleteLedger(push);
        }
        finally
        {
            await push.DisposeAsync();
            await pull.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_disk_that_fails_for_a_while_loses_and_repeats_nothing()
    {
        await WriteFiles(Lines);
        await using var pull = StartRole("pull");
        await using var push = HostProcess.StartForFileLimits(log, PathOf("journal.conf"), "--role", "push");
        var seen = new HashSet<int>();
        while (seen.Count < Lines / 5) Assert.True(seen.Add(await NextNumber(pull)), "a line came twice");
        push.LimitFileSize(1);
        await push.Expect($"the journal {PathOf("push.journal")} cannot be read or written");
        // Several tries, so that the file was closed and opened again in vain.
        for (var tries = 0; tries < 3; tries++) await push.Expect("it is tried again in");

        push.LimitFileSize(null);
        await push.Expect("push: its journal is written again");
        while (seen.Count < Lines) Assert.True(seen.Add(await NextNumber(pull)), "a line came twice");
        await ExpectCompleteLedger(push);
    }

    [Fact]
    public async Task A_journal_of_another_host_is_an_error_of_the_configuration()
    {
        await WriteFiles(0);
        await using var first = StartRole("push");
        await first.Expect("push is ready");

        await using var second = HostProcess.Start(log, PathOf("journal.conf"), "--role", "push", "--set", $"roles.push.bind={HostProcess.FreeEndpoint()}");
        var error = await second.Expect("roles.push.journal-file: ");
        Assert.Contains($"{PathOf("journal.conf")}:9: ", error, StringComparison.Ordinal);
        Assert.Contains($"the journal {PathOf("push.journal")} is in use by another process", error, StringComparison.Ordinal);
        Assert.Equal(2, (await second.End()).ExitCode);
    }

    [Fact]
    public async Task A_damaged_journal_is_an_error_of_the_configuration()
    {
        await WriteFiles(0);
        await File.WriteAllTextAsync(PathOf("pull.journal"), new string('x', 10_000));

        await using var host = StartRole("pull");
        var error = await host.Expect("roles.pull.journal-file: ");
        Assert.Contains($"the journal {PathOf("pull.journal")} is damaged, or no journal at all", error, StringComparison.Ordinal);
        Assert.Equal(2, (await host.End()).ExitCode);
    }
}
