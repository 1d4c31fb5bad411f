using System.Collections.Concurrent;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Tests;

public class TestOutputTests
{
    private sealed class Lines : ITestOutputHelper
    {
        public BlockingCollection<string> Written { get; } = [];

        public void WriteLine(string message) => Written.Add(message);

        public void WriteLine(string format, params object[] args) =>
            Written.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));

        public string Find(string part)
        {
            using var over = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                return Written.GetConsumingEnumerable(over.Token).First(line => line.Contains(part, StringComparison.Ordinal));
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No line with \"{part}\" was written within 10 seconds.");
            }
        }
    }

    private sealed class PrefixedKit(ITestOutputHelper output) : Xunit2.TestKit("akka.loglevel = INFO", output)
    {
        public void Prefix(Akka.Actor.ActorSystem system, string prefix) => InitializeLogger(system, prefix);
    }

    [Fact]
    public void The_log_becomes_output_of_the_test()
    {
        var lines = new Lines();
        using var kit = new Xunit2.TestKit("akka.loglevel = INFO", lines);

        kit.Log.Info("with {braces} in it");

        Assert.Contains("with {braces} in it", lines.Find("braces"));
    }

    [Fact]
    public void The_log_of_another_system_can_have_a_prefix()
    {
        var lines = new Lines();
        using var kit = new PrefixedKit(lines);
        using var other = new Xunit2.TestKit("akka.loglevel = INFO");
        kit.Prefix(other.Sys, "[other] ");

        other.Log.Info("hello");

        Assert.StartsWith("[other] ", lines.Find("hello"));
    }

    private sealed class ClosedOutput : ITestOutputHelper
    {
        public void WriteLine(string message) => throw new InvalidOperationException("There is no currently active test.");

        public void WriteLine(string format, params object[] args) =>
            throw new InvalidOperationException("There is no currently active test.");
    }

    [Fact]
    public void Output_that_is_closed_does_not_disturb_the_system()
    {
        using var kit = new Xunit2.TestKit("akka.loglevel = INFO", new ClosedOutput());

        kit.EventFilter.Info("one").ExpectOne(() => kit.Log.Info("one"));
        kit.EventFilter.Error().Expect(0, () => kit.Log.Info("two"));
    }
}
