using System.Globalization;
using System.Text;
using Actors.Hosting.Configuration;
using FsCheck.Xunit;
using Host.Tests.Running;

namespace Host.Tests.Configuration;

/// <summary>Whatever stands in a file, the check and the start say the same of it, and neither ends in a stack trace.</summary>
[Collection(HostsInThisProcess.Name)]
public sealed class ConfigurationFuzzTests : IDisposable
{
    private static readonly string[] Values =
    [
        "0", "1", "-1", "5", "1.5", "2147483647", "2147483648", "99999999999999999999", "1e400", "0s", "5s", "-5s", "10ms", "1ns", "99999999d", "on", "off", "null", "\"\"", "text", "[]", "[1]", "[[]]",
        "[\"a\", \"b\"]", "{}", "{ a = 1 }", "\"\\u0000\"", "\"\\u001b[2J\"", "\"{text}\"", "\"{\"", "64KiB", "\"tcp://127.0.0.1:0\"", "\"inproc://x\"", "\"tcp://*:99999\"", "echo", "console", "exec", "ticker", "stdin",
        "plain", "acknowledged", "retained", "drop-newest", "infinite", "DEBUG", "OFF", "${?NO_SUCH_VARIABLE}", "\"a.B, C\"",
    ];

    private static readonly string[] Paths = [.. PathsOfKeys()];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Property(MaxTest = 150)]
    public void Any_values_of_known_keys(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("actors.transport.engine = zmtp\nhost.stop-timeout = 1s\n");
        var pattern = RolePatterns.Words[random.Next(RolePatterns.Words.Length)].Word;
        text.Append(CultureInfo.InvariantCulture, $"roles.r {{ pattern = {pattern}, handler {{ type = console }}, bind = \"tcp://127.0.0.1:0\" }}\n");
        if (pattern is "request" or "publish" or "push" or "gateway") text.Replace(", handler { type = console }", "");
        for (var line = random.Next(1, 4); line > 0; line--) text.Append(CultureInfo.InvariantCulture, $"{Paths[random.Next(Paths.Length)]} = {Values[random.Next(Values.Length)]}\n");
        CheckAndStart(text.ToString());
    }

    [Property(MaxTest = 150)]
    public void Files_that_are_cut_and_shuffled(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "config", "pipeline.conf")));
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 20), text.Length - at);
            var cut = text.ToString(at, length);
            text.Remove(at, length);
            if (random.Next(2) == 0) text.Insert(random.Next(text.Length), cut);
        }
        Check(text.ToString());
    }

    private static IEnumerable<string> PathsOfKeys()
    {
        // A start-timeout that is too short shows at the start only.
        foreach (var key in new[] { Keys.ReadyTimeout, Keys.StopTimeout, Keys.StopWhenDone }) yield return $"host.{key.Name}";
        foreach (var key in RolePatterns.Words.SelectMany(word => RolePatterns.KeysOf(word.Pattern)).Select(key => key.Name).Distinct()) yield return $"roles.r.{key}";
        foreach (var section in new[] { "source", "handler" })
            foreach (var key in SourceKinds.Words.SelectMany(word => SourceKinds.KeysOf(word.Kind)).Concat(HandlerKinds.BuiltIn.SelectMany(HandlerKinds.KeysOf)).Select(key => key.Name).Distinct()) yield return $"roles.r.{section}.{key}";
        foreach (var key in AkkaPaths("akka", AkkaKeys.Root)) yield return key;
        yield return "akka";
        yield return "actors.transport.pollers";
        yield return "roles";
        yield return "roles.r";
        yield return "roles.s";
    }

    private static IEnumerable<string> AkkaPaths(string path, AkkaKey section)
    {
        foreach (var (name, key) in section.Below)
        {
            var below = $"{path}.{Actors.Hocon.ConfigPath.Format(name)}";
            yield return below;
            if (key.Type is null) foreach (var further in AkkaPaths(below, key)) yield return further;
        }
    }

    private void CheckAndStart(string text)
    {
        var file = _files.Write("host.conf", text);
        try
        {
            HostCommand.CheckAndStart(file).WaitAsync(Patience).GetAwaiter().GetResult();
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{fault.Message}\n{text}", fault);
        }
    }

    private void Check(string text)
    {
        var found = HostCommand.Run("check", _files.Write("host.conf", text)).GetAwaiter().GetResult();
        Assert.Contains(found.Code, new[] { 0, 2 });
        if (found.Code == 2) Assert.All(found.Errors, line => Assert.StartsWith(Path.GetTempPath(), line, StringComparison.Ordinal));
    }
}
